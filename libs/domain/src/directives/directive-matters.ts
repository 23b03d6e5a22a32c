import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { mayConsult, seeConsultation, type ConsultationDetail } from '../consultations/consultations.service';
import {
  mayDemandExplanation,
  seeExplanation,
  type ExplanationDetail,
} from '../explanations/explanations.service';
import { type ExtensionRequestAct } from '../authorization/acts';
import { allowedOnRequest } from '../extension-requests/extension-requests.service';
import { seeExtensionRequest, type ExtensionRequestView } from '../extension-requests/extension-request-view';
import { visibleDirective } from './directives.service';

/** What people ask of each other about a directive, beside its own course. */
export const matterActs = ['consult', 'demand-explanation'] as const;
export type MatterAct = (typeof matterActs)[number];

export interface ExtensionRequestDetail extends ExtensionRequestView {
  /** What the caller may do with it in its present state. */
  readonly allowed: readonly ExtensionRequestAct[];
}

/** Everything that was asked about one directive, as the caller may see it, newest first. */
export interface DirectiveMatters {
  readonly allowed: readonly MatterAct[];
  readonly consultations: readonly ConsultationDetail[];
  readonly explanations: readonly ExplanationDetail[];
  readonly extensionRequests: readonly ExtensionRequestDetail[];
}

const tables = {
  consultation: 'asked_at',
  explanation: 'demanded_at',
  extension_request: 'requested_at',
} as const;

async function idsOf(
  tx: PostgresWork,
  table: keyof typeof tables,
  directive: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from dondoc.${table} where organization_id = $1 and directive_id = $2
     order by ${tables[table]} desc, id desc limit 200`,
    [tx.organization, directive],
  );
  return rows.map(({ id }) => id);
}

/** One after the other on the one connection; what the caller may not see is left out. */
async function seen<T extends object>(
  ids: readonly string[],
  see: (id: string) => Promise<T | Refusal>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (const id of ids) {
    const one = await see(id);
    if (!isRefusal(one)) found.push(one);
  }
  return found;
}

export async function directiveMatters(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<DirectiveMatters | Refusal> {
  const directive = await visibleDirective(tx, caller, id, 'directive.see', 'look');
  if (isRefusal(directive)) return directive;
  const allowed = { consult: mayConsult, 'demand-explanation': mayDemandExplanation };
  return {
    allowed: matterActs.filter((act) => allowed[act](caller, directive)),
    consultations: await seen(await idsOf(tx, 'consultation', id), (one) => seeConsultation(tx, caller, one)),
    explanations: await seen(await idsOf(tx, 'explanation', id), (one) => seeExplanation(tx, caller, one)),
    extensionRequests: await seen(await idsOf(tx, 'extension_request', id), async (one) => {
      const view = await seeExtensionRequest(tx, caller, one);
      return isRefusal(view) ? view : { ...view, allowed: allowedOnRequest(caller, view, directive) };
    }),
  };
}
