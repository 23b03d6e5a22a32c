import { type InstanceChange, type WorkHooks } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { projectEscalations } from '../escalations/escalation.projection';
import { prepareEscalation } from '../lifecycles/prepare-escalation';
import { type RequestedEscalation } from '../lifecycles/escalation.types';
import { officeFacts } from '../organizations/office-facts';
import { rulesOfVersion } from '../organizations/rules-version';
import { projectDirectives } from './directive.projection';

/** What directives and escalations add to every unit of work, in the API as in the worker. */
export const directiveHooks: WorkHooks<PostgresTransaction> = {
  prepareStart: {
    escalation: async (pending, tx) => {
      const input = pending.input as unknown as RequestedEscalation;
      const { directory, calendar } = await officeFacts(tx);
      const rules = await rulesOfVersion(tx, input.rules);
      return prepareEscalation({ ...pending, input }, { directory, calendar, rules }) as never;
    },
  },
  project: async (changes, tx) => {
    const of = (lifecycle: string) =>
      changes.filter((change: InstanceChange) => change.after.lifecycle === lifecycle);
    const [directives, escalations] = [of('directive'), of('escalation')];
    if (directives.length > 0) await projectDirectives(directives, tx);
    if (escalations.length > 0) await projectEscalations(escalations, tx);
  },
};
