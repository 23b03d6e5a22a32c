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
  const path = (await historyOf(tx, id)).map(({ entry }) => entry);
  return drawLifecycle(directiveLifecycle, {
    language,
    instance: {
      value: found.record.snapshot.value,
      path,
      timers: found.record.timers,
    },
    instant: (at) => moment(at, caller.zone)[language],
  });
}
