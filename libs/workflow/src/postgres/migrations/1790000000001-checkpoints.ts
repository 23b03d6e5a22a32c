import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What was sealed when: written once, never changed. */
export class Checkpoints1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table workflow.checkpoint (
        organization_id uuid not null,
        number integer not null,
        sealed_at timestamptz not null,
        body text not null,
        key text,
        signature text,
        primary key (organization_id, number),
        check ((key is null) = (signature is null))
      );
      comment on column workflow.checkpoint.body is 'Canonical text (RFC 8785): what is hashed and signed';

      create table workflow.sealed (
        organization_id uuid not null,
        ledger text not null,
        subject_id uuid not null,
        revision integer not null,
        head bytea not null,
        checkpoint integer not null,
        primary key (organization_id, ledger, subject_id, revision)
      );
      create index sealed_checkpoint on workflow.sealed (organization_id, checkpoint);
      comment on column workflow.sealed.head is 'Of an instance the head of its chain, of a row of another ledger its hash';
    `);
    for (const table of ['checkpoint', 'sealed'])
      await runner.query(`
        alter table workflow.${table} enable row level security;
        alter table workflow.${table} force row level security;
        create policy own_organization on workflow.${table}
          using (organization_id = workflow.organization())
          with check (organization_id = workflow.organization());
      `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table workflow.sealed, workflow.checkpoint');
  }
}
