import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { watch, type Watched } from './watched-table';

const watched: readonly Watched[] = [
  { table: 'organization', key: ['id'] },
  { table: 'agency', key: ['id'] },
  { table: 'person', key: ['id'], personal: ['name', 'email'] },
  { table: 'office_held', key: ['id'] },
  { table: 'in_charge', key: ['id'] },
  { table: 'working_calendar', key: ['id', 'version'] },
  { table: 'working_rules', key: ['version'] },
  { table: 'intake_lesson', key: ['id'] },
  { table: 'message_preference', key: ['person_id'] },
  { table: 'account', key: ['id'], silent: ['password_hash', 'password_changed_at'], personal: ['login'] },
  { table: 'api_token', key: ['id'], silent: ['token_hash', 'last_used_at'], personal: ['name'] },
  { table: 'second_factor', key: ['account_id'], silent: ['sealed_secret', 'last_step'] },
  { table: 'federated_identity', key: ['account_id', 'issuer'], personal: ['subject'] },
];

/** What was before and what is after, for all that changes outside lifecycles, whichever act changes it. */
export class NotedChanges1795219200106 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dondoc.audit_origin add column personal text;

      -- Arguments: columns of the key, silent columns, personal columns; each by comma. One line of JSON for each change, in a
      -- setting that ends with the transaction.
      create function dondoc.note_change() returns trigger language plpgsql as $$
      declare
        keys text[] := string_to_array(tg_argv[0], ',');
        silent text[] := string_to_array(tg_argv[1], ',') || array['organization_id'];
        was jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) - silent end;
        now_is jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) - silent end;
        key jsonb;
        changed text[];
        note jsonb;
      begin
        select array_agg(k) into changed from jsonb_object_keys(was || now_is) k
          where was -> k is distinct from now_is -> k;
        if changed is null then return null; end if;
        select jsonb_object_agg(k, coalesce(now_is -> k, was -> k)) into key from unnest(keys) k;
        select jsonb_build_object('table', tg_table_name, 'key', key,
          'before', case when tg_op = 'INSERT' then null else
            (select jsonb_object_agg(k, was -> k) from unnest(changed) k where was ? k) end,
          'after', case when tg_op = 'DELETE' then null else
            (select jsonb_object_agg(k, now_is -> k) from unnest(changed) k where now_is ? k) end,
          'personal', to_jsonb(array(select k from unnest(changed) k where k = any(string_to_array(tg_argv[2], ',')))))
          into note;
        perform set_config('dondoc.noted', coalesce(current_setting('dondoc.noted', true), '') || note::text || E'\\n', true);
        return null;
      end $$;

      create function dondoc.noted_is_kept() returns trigger language plpgsql as $$
      begin
        if current_user = 'dondoc_api' and coalesce(current_setting('dondoc.noted', true), '') <> '' then
          raise exception 'a change of % without an entry in the audit trail', tg_table_name;
        end if;
        return null;
      end $$;
    `);
    await watch(runner, ...watched);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table } of watched)
      await runner.query(
        `drop trigger noted_is_kept on dondoc.${table}; drop trigger noted on dondoc.${table};`,
      );
    await runner.query(`
      drop function dondoc.noted_is_kept(), dondoc.note_change();
      alter table dondoc.audit_origin drop column personal;
    `);
  }
}
