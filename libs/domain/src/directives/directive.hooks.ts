import { type InstanceChange, type WorkHooks } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { authorizeAct } from '../acts/authorize-act';
import { projectRemoteParts } from '../cascade/remote-part.projection';
import { projectConsultations } from '../consultations/consultation.projection';
import { projectDelegations } from '../delegations/delegation.projection';
import { projectEscalations } from '../escalations/escalation.projection';
import { projectExplanations } from '../explanations/explanation.projection';
import { projectExtensionRequests } from '../extension-requests/extension-request.projection';
import { prepareEscalation } from '../lifecycles/prepare-escalation';
import { type RequestedEscalation } from '../lifecycles/escalation.types';
import { asksFor, prepareObligation } from '../lifecycles/standing/prepare-obligation';
import { type RequestedObligation } from '../lifecycles/standing/standing.types';
import { projectDispatches } from '../messages/dispatch.projection';
import { officeFacts } from '../organizations/office-facts';
import { rulesOfVersion } from '../organizations/rules-version';
import {
  projectObligations,
  projectStandingDirectives,
} from '../standing-directives/standing-directive.projection';
import { projectDirectives } from './directive.projection';

type Projection = (changes: readonly InstanceChange[], tx: PostgresTransaction) => Promise<void>;

/** By lifecycle, those that others refer to first. */
const projections: readonly (readonly [string, Projection])[] = [
  ['directive', projectDirectives],
  ['escalation', projectEscalations],
  ['explanation', projectExplanations],
  ['consultation', projectConsultations],
  ['delegation', projectDelegations],
  ['standing-directive', projectStandingDirectives],
  ['reporting-obligation', projectObligations],
  ['dispatch', projectDispatches],
  ['extension-request', projectExtensionRequests],
  ['remote-part', projectRemoteParts],
];

/** What the lifecycles of the product add to every unit of work, in the API as in the worker. */
export const directiveHooks: WorkHooks<PostgresTransaction> = {
  prepareStart: {
    escalation: async (pending, tx) => {
      const input = pending.input as unknown as RequestedEscalation;
      const { directory, calendar } = await officeFacts(tx, 'directory', 'calendar');
      const rules = await rulesOfVersion(tx, input.rules);
      return prepareEscalation({ ...pending, input }, { directory, calendar, rules }) as never;
    },
    'reporting-obligation': async (pending, tx) => {
      const input = pending.input as unknown as Omit<RequestedObligation, 'standing'>;
      const office = await officeFacts(tx, 'directory', 'calendar', 'calendars', 'rules');
      const isAsked = asksFor(office.rules, input.opening.report);
      const rules = isAsked ? office.rules : await rulesOfVersion(tx, input.rules);
      return prepareObligation({ ...pending, input }, { ...office, rules }) as never;
    },
  },
  authorize: authorizeAct,
  project: async (changes, tx) => {
    for (const [lifecycle, keep] of projections) {
      const own = changes.filter(({ after }) => after.lifecycle === lifecycle);
      if (own.length > 0) await keep(own, tx);
    }
  },
};
