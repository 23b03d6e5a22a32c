import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** Where processes that have no Redis count requests together. Not logged: after a crash the minute begins anew. */
export class RequestCounts1795219200105 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table dondoc.request_count (
        organization_id uuid not null,
        subject text not null,
        minute integer not null,
        requests integer not null,
        constraint pk_request_count primary key (organization_id, subject, minute)
      );
    `);
    await wallOff(runner, 'request_count');
    await runner.query('grant select, insert, update, delete on dondoc.request_count to dondoc_api');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dondoc.request_count');
  }
}
