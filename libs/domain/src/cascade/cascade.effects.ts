import { isRefusal, type HistoryEntry, type OutboxRecord, type StoredEvent } from '@dondoc/workflow';
import {
  outside,
  type EffectHandlers,
  type OutsideCall,
  type PostgresRuntime,
  type Retrying,
} from '@dondoc/workflow/durable/index';
import { partReport } from '../lifecycles/cascade/part-report';
import { type PartOrder } from '../lifecycles/cascade/remote-part.types';
import { DIRECTIVE_NAME } from '../directives/directive-name';
import { receiveOrder } from './receive-order';
import { receiveReport } from './receive-report';

/** Another organization's tables are in the same database: what fails is seldom away for long. */
const betweenOrganizations: Retrying = { attempts: 12, firstPauseMs: 1_000, longestPauseMs: 1_800_000 };

interface GivenOrder {
  readonly organization: string;
  readonly part: string;
  readonly sourceDate: string;
  readonly field: string | null;
  readonly urgency: string;
  readonly order: PartOrder;
}

interface GivenReport {
  readonly organization: string;
  readonly part: string;
  readonly deadline: number | null;
}

/**
 * What travels between organizations: out of the outbox of one, into the tables of the other, each side in a transaction
 * of its own behind its own wall. The id of the outbox row is the inbox key there, so that a message that is handed over
 * twice is applied once.
 */
export function cascadeHandlers(
  runtime: PostgresRuntime,
  retrying: Retrying = betweenOrganizations,
): EffectHandlers {
  return {
    giveAcross: outside((effect, call) => giveAcross(runtime, effect, call), retrying),
    reportToSource: outside((effect, call) => reportToSource(runtime, effect, call), retrying),
  };
}

const SAID_OF_PART = `
  select p.text, g.name as "fromName", ${DIRECTIVE_NAME} as "sourceName"
  from dondoc.remote_part p
  join dondoc.organization g on g.id = p.organization_id
  join dondoc.directive d on d.organization_id = p.organization_id and d.id = p.directive_id
  join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
  left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
  where p.organization_id = $1 and p.id = $2`;

async function giveAcross(
  runtime: PostgresRuntime,
  { payload }: OutboxRecord,
  { organization: from, key }: OutsideCall,
): Promise<void> {
  const { organization, ...given } = payload as unknown as GivenOrder;
  const said = await runtime.transaction(from, async (tx) => {
    const [row] = await tx.query<{ text: string; fromName: string; sourceName: string }>(SAID_OF_PART, [
      from,
      given.part,
    ]);
    if (!row) throw new Error(`there is no part ${given.part}`);
    return row;
  });
  if (isRefusal(said)) throw new Error(said.en);
  const answer = await runtime.transaction(organization, (tx) =>
    receiveOrder(tx, { ...given, ...said, from, key }),
  );
  if (!isRefusal(answer)) return;
  const { code, vi, en } = answer;
  const event = { type: 'not-received', code, vi, en };
  // Refused in turn only when the part has ended: then nobody waits for it.
  await runtime.transaction(from, (tx) =>
    tx.send({ instance: given.part, event, actor: { kind: 'system', id: organization } }),
  );
}

async function reportToSource(
  runtime: PostgresRuntime,
  { instance, revision, payload }: OutboxRecord,
  { organization: from, key }: OutsideCall,
): Promise<void> {
  const { organization, part, deadline } = payload as unknown as GivenReport;
  const entry = await runtime.transaction(from, async (tx) => {
    const [row] = await tx.query<{ entry: string }>(
      `select entry from workflow.history where organization_id = $1 and instance_id = $2 and revision = $3`,
      [from, instance, revision],
    );
    if (!row) throw new Error(`directive ${instance} has no revision ${revision}`);
    return JSON.parse(row.entry) as HistoryEntry;
  });
  if (isRefusal(entry)) throw new Error(entry.en);
  const said = partReport({ directive: instance, revision, deadline }, entry);
  const event = { type: 'state-received', said } as unknown as StoredEvent;
  await runtime.transaction(organization, (tx) => receiveReport(tx, { from, key, part, event }));
}
