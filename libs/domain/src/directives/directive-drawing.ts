import { drawLifecycle, isRefusal, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { moment } from '../explanation/words';
import { directiveLifecycle } from '../lifecycles/directive.lifecycle';
import { historyOf } from './directive-explanation';
import { visibleDirective } from './directives.service';

/** The lifecycle as an SVG, with where this directive is, how it came there, and what it waits for. */
export async function drawDirective(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
  language: 'vi' | 'en',
): Promise<string | Refusal> {
  const found = await visibleDirective(tx, caller, id, 'directive.drawing', 'look');
  if (isRefusal(found)) return found;
  const timers = await tx.query<{ id: string; dueAt: Date; parked: boolean }>(
    `select timer_id as id, due_at as "dueAt", parked_at is not null as parked from workflow.timer
     where organization_id = $1 and instance_id = $2 order by due_at, sequence`,
    [tx.organization, id],
  );
  const path = (await historyOf(tx, id)).map(({ entry }) => entry);
  return drawLifecycle(directiveLifecycle, {
    language,
    instance: {
      value: found.record.snapshot.value,
      path,
      timers: timers.map((timer) => ({ ...timer, dueAt: timer.dueAt.getTime() })),
    },
    instant: (at) => moment(at, caller.zone)[language],
  });
}
