import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A case and no coalesce, which row security lets no index be searched by. Those without a deadline come last. */
const due = `(case when deadline_at is null then 'infinity' else deadline_at end)`;

/** By name: table, columns, and the rows that it holds where it does not hold all. */
const indexes: readonly (readonly [name: string, table: string, columns: string, where?: string])[] = [
  ['ix_directive_due', 'directive', `${due}, id`],
  ['ix_directive_open_due', 'directive', `${due}, id`, 'closed_at is null'],
  ['ix_escalation_open', 'escalation', 'raised_at, id', `state in ('raised', 'acknowledged')`],
  [
    'ix_extension_request_open',
    'extension_request',
    'requested_at, id',
    `state in ('awaiting-head', 'requested')`,
  ],
  ['ix_explanation_open', 'explanation', 'demanded_at, id', `state in ('demanded', 'submitted')`],
  ['ix_consultation_open', 'consultation', 'asked_at, id', `state in ('asked', 'late')`],
  ['ix_reporting_obligation_open', 'reporting_obligation', 'due_at, id', `state in ('awaited', 'reported')`],
  ['ix_inbox_message_unread', 'inbox_message', 'recipient_id, deliver_at', 'read_at is null'],
];

/** What is open is a small part of what there is, and what is looked at all day long. */
export class QuickLists1795219200095 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, table, columns, where] of indexes)
      await runner.query(
        `create index ${name} on dondoc.${table} (organization_id, ${columns})${where ? ` where ${where}` : ''}`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index ${indexes.map(([name]) => `dondoc.${name}`).join(', ')}`);
  }
}
