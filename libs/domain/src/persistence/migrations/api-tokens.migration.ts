import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** Tokens of programs: scoped, expiring, kept as hashes. */
export class ApiTokens1795219200062 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dondoc.api_token (
        organization_id uuid not null,
        id uuid not null,
        account_id uuid not null,
        token_hash text not null,
        name text not null,
        scopes text[] not null,
        created_at timestamptz(3) not null,
        created_by_id uuid,
        expires_at timestamptz(3) not null,
        last_used_at timestamptz(3),
        constraint pk_api_token primary key (organization_id, id),
        constraint fk_api_token_account_id foreign key (organization_id, account_id)
          references dondoc.account (organization_id, id) on delete cascade,
        constraint fk_api_token_created_by_id foreign key (organization_id, created_by_id)
          references dondoc.person (organization_id, id)
      );
      create unique index uq_api_token_hash on dondoc.api_token (organization_id, token_hash);
      create index ix_api_token_account on dondoc.api_token (organization_id, account_id, created_at);
    `);
    await wallOff(runner, 'api_token');
    await runner.query(`
      grant select, insert, delete on dondoc.api_token to dondoc_api;
      grant update (last_used_at) on dondoc.api_token to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dondoc.api_token');
  }
}
