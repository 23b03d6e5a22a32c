import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { wallOff } from './walled-table';

/** Log-ins that can be defended: throttles, second factors, one-time secrets, sessions that one can see and end. */
export class AccountSecurity1795219200060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Log-ins of before end: their rows cannot say when they were last used.
    await runner.query(`
      truncate dondoc.session;
      alter table dondoc.session
        add column id uuid not null,
        add column last_seen_at timestamptz(3) not null,
        add column address text,
        add column user_agent text;
      create unique index uq_session_id on dondoc.session (organization_id, id);
      create index ix_session_account on dondoc.session (organization_id, account_id);

      alter table dondoc.account
        alter column password_hash drop not null,
        add column kind text not null default 'person',
        add column sandbox boolean not null default false,
        add column created_at timestamptz(3) not null default now(),
        add column password_changed_at timestamptz(3),
        add constraint ck_account_kind check (kind in ('person', 'service'));

      create table dondoc.account_secret (
        organization_id uuid not null,
        token_hash text not null,
        account_id uuid not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        constraint pk_account_secret primary key (organization_id, token_hash),
        constraint fk_account_secret_account_id foreign key (organization_id, account_id)
          references dondoc.account (organization_id, id) on delete cascade
      );

      create table dondoc.second_factor (
        organization_id uuid not null,
        account_id uuid not null,
        sealed_secret text not null,
        confirmed_at timestamptz(3),
        last_step bigint not null,
        constraint pk_second_factor primary key (organization_id, account_id),
        constraint fk_second_factor_account_id foreign key (organization_id, account_id)
          references dondoc.account (organization_id, id) on delete cascade
      );

      create table dondoc.recovery_code (
        organization_id uuid not null,
        account_id uuid not null,
        code_hash text not null,
        constraint pk_recovery_code primary key (organization_id, account_id, code_hash),
        constraint fk_recovery_code_account_id foreign key (organization_id, account_id)
          references dondoc.account (organization_id, id) on delete cascade
      );

      create table dondoc.login_throttle (
        organization_id uuid not null,
        subject text not null,
        failures integer not null,
        counted_from timestamptz(3) not null,
        blocked_until timestamptz(3),
        constraint pk_login_throttle primary key (organization_id, subject)
      );
      create index ix_login_throttle_counted_from on dondoc.login_throttle (organization_id, counted_from);
    `);
    await wallOff(runner, 'account_secret', 'second_factor', 'recovery_code', 'login_throttle');
    await runner.query(`
      grant select, insert, update, delete on dondoc.account_secret, dondoc.second_factor, dondoc.recovery_code,
        dondoc.login_throttle to dondoc_api;
      grant update (last_seen_at) on dondoc.session to dondoc_api;
      grant insert on dondoc.account to dondoc_api;
      grant update (password_hash, password_changed_at, enabled) on dondoc.account to dondoc_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke insert, update on dondoc.account from dondoc_api;
      drop table dondoc.login_throttle, dondoc.recovery_code, dondoc.second_factor, dondoc.account_secret;
      alter table dondoc.account drop constraint ck_account_kind,
        drop column password_changed_at, drop column created_at, drop column sandbox, drop column kind,
        alter column password_hash set not null;
      drop index dondoc.ix_session_account, dondoc.uq_session_id;
      alter table dondoc.session drop column user_agent, drop column address, drop column last_seen_at, drop column id;
    `);
  }
}
