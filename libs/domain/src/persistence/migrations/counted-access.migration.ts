import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** What is counted over all processes before, or beside, knowing whose it is: open event streams, and who was not let in. */
export class CountedAccess1795219200140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table dondoc.stream_slot (
        organization_id uuid not null,
        subject text not null,
        stream_id uuid not null,
        held_until timestamptz(3) not null,
        constraint pk_stream_slot primary key (organization_id, subject, stream_id)
      );
      create table dondoc.refused_stranger (
        organization_id uuid not null,
        hour timestamptz(3) not null,
        address text not null,
        code text not null,
        refused bigint not null,
        last_at timestamptz(3) not null,
        constraint pk_refused_stranger primary key (organization_id, hour, address, code)
      );
    `);
    await wallOff(runner, 'stream_slot', 'refused_stranger');
    await runner.query(
      'grant select, insert, update, delete on dondoc.stream_slot, dondoc.refused_stranger to dondoc_api',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dondoc.refused_stranger, dondoc.stream_slot');
  }
}
