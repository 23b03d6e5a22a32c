import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * The timers of an instance stand in its row: a transition writes one row for all of them, and a worker finds, locks and
 * reads what is due in one statement. `workflow.timer` becomes a view for whoever wants to look at them one by one.
 */
export class TimersInRows1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table workflow.instance no force row level security;
      alter table workflow.timer no force row level security;

      alter table workflow.instance
        add timers json,
        add due_at timestamptz,
        add has_parked boolean not null default false,
        add shard smallint not null generated always as (get_byte(uuid_send(id), 15) % 4) stored;

      update workflow.instance i
      set timers = t.timers, has_parked = t.has_parked, due_at = case when not t.first_is_parked then t.first_due end
      from (
        select organization_id, instance_id,
          json_agg(
            case
              when parked_at is not null then json_build_array(timer_id, due, sequence, event,
                json_build_object('error', coalesce(parked_error, ''),
                  'at', round(extract(epoch from parked_at) * 1000)::bigint))
              when event is not null then json_build_array(timer_id, due, sequence, event)
              else json_build_array(timer_id, due, sequence)
            end order by due_at, sequence) as timers,
          bool_or(parked_at is not null) as has_parked,
          min(due_at) as first_due,
          (array_agg(parked_at is not null order by due_at, sequence))[1] as first_is_parked
        from (select *, round(extract(epoch from due_at) * 1000)::bigint as due from workflow.timer) as each
        group by organization_id, instance_id
      ) as t
      where i.organization_id = t.organization_id and i.id = t.instance_id;

      drop table workflow.timer;
      alter table workflow.instance drop column due_from;
      create index instance_due on workflow.instance (organization_id, shard, due_at) where due_at is not null;
      create index instance_parked on workflow.instance (organization_id, id) where has_parked;
      alter table workflow.instance force row level security;

      comment on column workflow.instance.timers is
        'In the order in which they fire, each [id, due (ms), sequence, event or null, {error, at} where parked]';
      comment on column workflow.instance.due_at is
        'When its first timer may fire: null where it has none, or the first one is parked';
      comment on column workflow.instance.shard is 'By which workers share out what is due';

      create view workflow.timer with (security_invoker = true) as
        select i.organization_id, i.id as instance_id, i.shard, t.one ->> 0 as timer_id,
          to_timestamp((t.one ->> 1)::float8 / 1000.0::float8) as due_at, (t.one ->> 2)::bigint as sequence,
          case when json_typeof(t.one -> 3) = 'object' then t.one -> 3 end as event,
          to_timestamp((t.one #>> '{4,at}')::float8 / 1000.0::float8) as parked_at, t.one #>> '{4,error}' as parked_error
        from workflow.instance i cross join lateral json_array_elements(i.timers) as t(one);
      comment on view workflow.timer is 'What instances wait for, one by one: for looking, of one organization';

      create function workflow.next_due(of_shard integer, until timestamptz)
        returns table (organization_id uuid, due_at timestamptz)
        language plpgsql security definer set search_path = pg_catalog set enable_seqscan = off as $$
        #variable_conflict use_column
        begin
          perform set_config('dondoc.counting', 'on', true);
          return query
            with recursive organization as (
              (select i.organization_id from workflow.instance i
               where i.due_at is not null order by i.organization_id limit 1)
              union all
              select (select i.organization_id from workflow.instance i
                      where i.due_at is not null and i.organization_id > o.organization_id
                      order by i.organization_id limit 1)
              from organization o where o.organization_id is not null
            ), next as (
              select o.organization_id,
                (select i.due_at from workflow.instance i
                 where i.organization_id = o.organization_id and i.shard = of_shard and i.due_at is not null
                 order by i.due_at limit 1) as due_at
              from organization o where o.organization_id is not null
            )
            select n.organization_id, n.due_at from next n where n.due_at <= until;
          perform set_config('dondoc.counting', 'off', true);
        end $$;
      revoke execute on function workflow.next_due(integer, timestamptz) from public;
      comment on function workflow.next_due is
        'Where something may fire until then, and when first: of other organizations nothing else is told. Hops from one '
        'to the next through the index, so that its cost does not grow with their instances';

      create function workflow.parked_timers(most integer) returns integer
        language plpgsql security definer set search_path = pg_catalog set enable_seqscan = off as $$
        declare parked integer;
        begin
          perform set_config('dondoc.counting', 'on', true);
          select count(*) into parked from (
            select from workflow.instance i cross join lateral json_array_elements(i.timers) as t(one)
            where i.has_parked and json_typeof(t.one -> 4) = 'object' limit most) as counted;
          perform set_config('dondoc.counting', 'off', true);
          return parked;
        end $$;
      revoke execute on function workflow.parked_timers(integer) from public;
      comment on function workflow.parked_timers is 'How many timers of any organization wait for a person, counted up to so many';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table workflow.instance no force row level security;
      drop function workflow.parked_timers(integer);
      drop function workflow.next_due(integer, timestamptz);
      alter view workflow.timer rename to timer_of_row;
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
        primary key (organization_id, instance_id, sequence)
      );
      insert into workflow.timer (organization_id, instance_id, timer_id, shard, due_at, sequence, event, parked_at, parked_error)
      select organization_id, instance_id, timer_id, shard, due_at, sequence, event::jsonb, parked_at, parked_error
      from workflow.timer_of_row;
      drop view workflow.timer_of_row;
      create index timer_due on workflow.timer (organization_id, shard, due_at) where parked_at is null;
      create index timer_parked on workflow.timer (organization_id, instance_id) where parked_at is not null;
      alter table workflow.timer enable row level security;
      alter table workflow.timer force row level security;
      create policy own_organization on workflow.timer
        using (organization_id = workflow.organization()) with check (organization_id = workflow.organization());
      alter table workflow.instance add due_from timestamptz;
      update workflow.instance i set due_from =
        (select min(t.due_at) from workflow.timer t where t.organization_id = i.organization_id and t.instance_id = i.id);
      alter table workflow.instance drop column timers, drop column due_at, drop column has_parked, drop column shard;
      alter table workflow.instance force row level security;
    `);
  }
}
