import { type QueryRunner } from 'typeorm';

const inContext = `nullif(current_setting('dondoc.organization', true), '')::uuid`;

/** Rows of one organization only, for every role that is not a superuser, the owner included. */
export async function wallOff(runner: QueryRunner, ...tables: readonly string[]): Promise<void> {
  for (const table of tables)
    await runner.query(`
      alter table dondoc.${table} enable row level security;
      alter table dondoc.${table} force row level security;
      create policy own_organization on dondoc.${table}
        using (organization_id = ${inContext}) with check (organization_id = ${inContext});
    `);
}
