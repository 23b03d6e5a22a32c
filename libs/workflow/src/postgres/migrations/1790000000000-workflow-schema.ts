import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Tables of the runtime, walled by organization from the first day. */
export class WorkflowSchema1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema workflow;

      create table workflow.instance (
        organization_id uuid not null,
        id uuid not null,
        lifecycle text not null,
        version integer not null,
        parent_id uuid,
        revision integer not null,
        status text not null check (status in ('active', 'done')),
        at timestamptz not null,
        started_at timestamptz not null,
        snapshot json not null,
        head bytea not null,
        due_from timestamptz,
        primary key (organization_id, id)
      ) with (fillfactor = 85);
      comment on column workflow.instance.snapshot is 'Canonical text (RFC 8785), as the history''s hashes are made of';
      comment on column workflow.instance.due_from is 'No timer of the instance is due before; perhaps too early, never too late';

      create table workflow.history (
        organization_id uuid not null,
        instance_id uuid not null,
        revision integer not null,
        recorded_at timestamptz not null default now(),
        at timestamptz not null,
        entry text not null,
        hash bytea not null,
        primary key (organization_id, instance_id, revision, recorded_at)
      ) partition by range (recorded_at);
      create table workflow.history_default partition of workflow.history default;

      create table workflow.timer (
        organization_id uuid not null,
        instance_id uuid not null,
        timer_id text not null,
        shard smallint not null,
        due_at timestamptz not null,
        sequence bigint not null,
        event jsonb,
        parked_at timestamptz,
        parked_error text,
        primary key (organization_id, instance_id, timer_id)
      );
      create index timer_due on workflow.timer (organization_id, shard, due_at) where parked_at is null;
      create index timer_parked on workflow.timer (organization_id, instance_id) where parked_at is not null;
      comment on column workflow.timer.event is 'null: the event is named after the timer (XState after)';

      create table workflow.outbox (
        organization_id uuid not null,
        id uuid not null,
        instance_id uuid not null,
        lifecycle text not null,
        revision integer not null,
        effect text not null,
        invocation text,
        at timestamptz not null,
        payload jsonb not null,
        created_at timestamptz not null default now(),
        attempts integer not null default 0,
        next_attempt_at timestamptz not null default now(),
        lease uuid,
        last_error text,
        answer jsonb,
        parked_at timestamptz,
        trace text,
        primary key (organization_id, id)
      );
      create index outbox_waiting on workflow.outbox (organization_id, next_attempt_at) where parked_at is null;
      create index outbox_parked on workflow.outbox (organization_id, parked_at) where parked_at is not null;
      comment on column workflow.outbox.invocation is 'child id of an invoked effect, under which its answer comes back';
      comment on column workflow.outbox.lease is 'who carries it out outside any transaction, until next_attempt_at';
      comment on column workflow.outbox.answer is 'of a parked call: what came back, and could not be applied';
      comment on column workflow.outbox.trace is 'W3C traceparent of the transition that asked for it, if it was traced';

      create table workflow.outbox_delivered (
        organization_id uuid not null,
        id uuid not null,
        instance_id uuid not null,
        lifecycle text not null,
        revision integer not null,
        effect text not null,
        invocation text,
        at timestamptz not null,
        payload jsonb not null,
        created_at timestamptz not null,
        attempts integer not null,
        outcome text not null check (outcome in ('delivered', 'answered', 'dropped')),
        answer jsonb,
        delivered_at timestamptz not null default now(),
        primary key (organization_id, id, delivered_at)
      ) partition by range (delivered_at);
      create table workflow.outbox_delivered_default partition of workflow.outbox_delivered default;
      comment on column workflow.outbox_delivered.outcome is
        'dropped: nobody waited for the call any more, or a person gave it up';

      create table workflow.parked_decision (
        organization_id uuid not null,
        id uuid not null,
        kind text not null check (kind in ('timer', 'effect', 'answer')),
        instance_id uuid not null,
        subject text not null,
        decision text not null check (decision in ('send-again', 'drop')),
        actor jsonb not null,
        reason text not null,
        error text,
        at timestamptz not null,
        decided_at timestamptz not null default now(),
        primary key (organization_id, id)
      );
      create index parked_decision_instance on workflow.parked_decision (organization_id, instance_id);
      comment on column workflow.parked_decision.subject is 'timer id, or id of the outbox row';

      create table workflow.idempotency (
        organization_id uuid not null,
        caller text not null,
        key text not null,
        fingerprint text not null,
        answer json,
        expires_at timestamptz not null,
        primary key (organization_id, caller, key)
      );
      create index idempotency_expiry on workflow.idempotency (expires_at);

      create table workflow.definition (
        lifecycle text not null,
        version integer not null,
        hash text not null,
        first_seen_at timestamptz not null default now(),
        retired_at timestamptz,
        primary key (lifecycle, version)
      );

      create table workflow.clock (
        only_row boolean primary key default true check (only_row),
        "offset" interval not null default '0'
      );
      insert into workflow.clock default values;

      create function workflow.now() returns timestamptz language sql volatile as
        $$ select clock_timestamp() + (select "offset" from workflow.clock) $$;
      comment on function workflow.now is 'Business time: the database clock plus the sandbox offset';

      create function workflow.organization() returns uuid language sql stable as
        $$ select nullif(current_setting('dondoc.organization', true), '')::uuid $$;
      comment on function workflow.organization is 'Organization of the transaction; null sees nothing';

      create function workflow.require_unchanged(holds boolean) returns void language plpgsql as $$
        begin
          if not holds then
            raise exception 'an instance was changed meanwhile' using errcode = '40001';
          end if;
        end $$;
      comment on function workflow.require_unchanged is 'Ends a transaction whose revision guard did not hold';

      create function workflow.create_partitions(months_ahead integer) returns void
        language plpgsql security definer set search_path = pg_catalog as $$
        declare parent text; month timestamptz; name text;
        begin
          perform pg_advisory_xact_lock(hashtext('workflow.create_partitions'));
          foreach parent in array array['history', 'outbox_delivered'] loop
            for ahead in 1..months_ahead loop
              month := date_trunc('month', now()) + make_interval(months => ahead);
              name := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
              if to_regclass('workflow.' || name) is null then
                execute format('create table workflow.%I partition of workflow.%I for values from (%L) to (%L)',
                  name, parent, month, month + interval '1 month');
              end if;
            end loop;
          end loop;
        end $$;
      comment on function workflow.create_partitions is
        'Monthly partitions from next month on; the present month of a new installation lives in the default one';
    `);
    for (const table of [
      'instance',
      'history',
      'timer',
      'outbox',
      'outbox_delivered',
      'parked_decision',
      'idempotency',
    ])
      await runner.query(`
        alter table workflow.${table} enable row level security;
        alter table workflow.${table} force row level security;
        create policy own_organization on workflow.${table}
          using (organization_id = workflow.organization())
          with check (organization_id = workflow.organization());
      `);
    await runner.query(`
      create policy counting on workflow.instance for select to current_user
        using (current_setting('dondoc.counting', true) = 'on');

      create function workflow.version_counts()
        returns table (organization_id uuid, lifecycle text, version integer, open bigint, done bigint,
                       oldest timestamptz)
        language plpgsql security definer set search_path = pg_catalog as $$
        #variable_conflict use_column
        begin
          perform set_config('dondoc.counting', 'on', true);
          return query
            select i.organization_id, i.lifecycle, i.version,
              count(*) filter (where i.status = 'active'), count(*) filter (where i.status = 'done'),
              min(i.started_at) filter (where i.status = 'active')
            from workflow.instance i group by 1, 2, 3 order by 1, 2, 3;
          perform set_config('dondoc.counting', 'off', true);
        end $$;
      revoke execute on function workflow.version_counts() from public;
      comment on function workflow.version_counts is
        'Numbers of every organization, and nothing else of its instances';
    `);
    await runner.query(`select workflow.create_partitions(3)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema workflow cascade');
  }
}
