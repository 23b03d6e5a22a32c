import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** So that the newest rows of history are found without reading the others; costs next to nothing where rows only arrive. */
export class LiveNews1795219200070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index history_recorded on workflow.history
        using brin (recorded_at) with (pages_per_range = 32, autosummarize = on)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index workflow.history_recorded');
  }
}
