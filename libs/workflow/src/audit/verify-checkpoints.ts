import { type DataSource, type EntityManager } from 'typeorm';
import { canonicalJson } from '../engine/canonical-json';
import {
  checkpointHash,
  HISTORY_LEDGER,
  readCheckpoint,
  type Checkpoint,
  type KeptCheckpoint,
  type OutsideCheckpoint,
} from './checkpoint';
import { checkpointRows, type CheckpointRow } from './kept-checkpoints';
import { checkLedgers, rowHash, type Ledger } from './ledger';
import { DIGEST, enter, TOTALS, totalsOf, type TotalsRow } from './sealer';
import { type VerifyingKey } from './signing-key';

export interface SealFinding {
  readonly checkpoint: number;
  /** Of an instance or row that is no more what was sealed; `null` where the checkpoint itself is meant. */
  readonly ledger: string | null;
  readonly subject: string | null;
  readonly revision: number | null;
  readonly code:
    | 'missing-checkpoint'
    | 'changed-checkpoint'
    | 'wrong-signature'
    | 'missing-signature'
    | 'unknown-key'
    | 'missing-subject'
    | 'missing-tail'
    | 'changed-entry'
    | 'added-entry';
  readonly detail: string;
}

export interface SealVerification {
  readonly checkpoints: number;
  readonly signed: number;
  readonly findings: readonly SealFinding[];
}

export interface VerifySealsOptions {
  readonly ledgers?: readonly Ledger[];
  /** Those who may have signed. None: signatures are not looked at. */
  readonly keys: readonly VerifyingKey[];
  /** From outside: the database must still hold each of them. */
  readonly kept?: readonly OutsideCheckpoint[];
}

/** A transaction that began before a checkpoint may commit after it, but not as long after. */
const SLOWEST_COMMIT = '1 hour';

interface Gone {
  readonly ledger: string;
  readonly subject: string;
  readonly revision: number;
  readonly checkpoint: number;
  readonly reached: number | null;
}

/** Heads that the history does not have: `reached` is how far it goes. */
const historyDiffers = (heads: string): string => `
  select s.ledger, s.subject_id as subject, s.revision, s.checkpoint,
    (select max(h.revision) from workflow.history h
     where h.organization_id = $1::uuid and h.instance_id = s.subject_id) as reached
  from ${heads} as s
  where s.ledger = '${HISTORY_LEDGER}' and not exists (
    select from workflow.history h
    where h.organization_id = $1::uuid and h.instance_id = s.subject_id and h.revision = s.revision
      and h.hash = s.head)
  order by s.checkpoint, s.subject_id, s.revision`;

const rowDiffers = (ledger: Ledger, heads: string): string => `
  select s.ledger, s.subject_id as subject, s.revision, s.checkpoint, case when row.id is null then null else 1 end as reached
  from ${heads} as s left join ${ledger.table} as row
    on row.organization_id = $1::uuid and row.id = s.subject_id
  where s.ledger = '${ledger.name}' and (row.id is null or ${rowHash(ledger)} <> s.head)
  order by s.checkpoint, s.subject_id`;

const OWN_HEADS = '(select * from workflow.sealed where organization_id = $1::uuid)';
const OUTSIDE_HEADS = `(select * from jsonb_to_recordset($2::jsonb)
  as o(ledger text, subject_id uuid, revision integer, head bytea, checkpoint integer))`;

const addedInstances = `
  select i.id as subject, 'since ' || min(h.recorded_at) as since from workflow.instance i
  join workflow.history h on h.organization_id = i.organization_id and h.instance_id = i.id
  where i.organization_id = $1::uuid
    and not exists (select from workflow.sealed s where s.organization_id = i.organization_id
                    and s.ledger = '${HISTORY_LEDGER}' and s.subject_id = i.id)
  group by i.id
  having min(h.recorded_at) < $2::timestamptz - interval '${SLOWEST_COMMIT}'`;

const addedRows = (ledger: Ledger): string => `
  select row.id as subject, 'since ' || ${ledger.writtenAt} as since from ${ledger.table} as row
  where row.organization_id = $1::uuid and ${ledger.writtenAt} < $2::timestamptz - interval '${SLOWEST_COMMIT}'
    and not exists (select from workflow.sealed s where s.organization_id = row.organization_id
                    and s.ledger = '${ledger.name}' and s.subject_id = row.id)`;

/**
 * Holds an organization's checkpoints against each other, their signatures, the rows they seal, and what was kept
 * outside. Whether each chain is whole in itself is `verifyStoredInstances`'. Changes nothing.
 */
export async function verifyCheckpoints(
  dataSource: DataSource,
  organization: string,
  options: VerifySealsOptions,
): Promise<SealVerification> {
  checkLedgers(options.ledgers ?? []);
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await enter(manager, organization);
    return new SealCheck(manager, organization, options).run();
  });
}

class SealCheck {
  private readonly findings: SealFinding[] = [];
  private signed = 0;

  constructor(
    private readonly manager: EntityManager,
    private readonly organization: string,
    private readonly options: VerifySealsOptions,
  ) {}

  async run(): Promise<SealVerification> {
    const rows = await checkpointRows(this.manager, this.organization);
    let previous: KeptCheckpoint | null = null;
    let expected = 1;
    for (const row of rows) {
      for (; expected < row.number; expected++) this.missing(expected);
      await this.checkpoint(row.number, row, previous);
      previous = row;
      expected = row.number + 1;
    }
    await this.outside(rows);
    const last = previous && this.readable(previous.text);
    await this.sealedRows(OWN_HEADS, []);
    if (last) await this.added(last);
    return { checkpoints: rows.length, signed: this.signed, findings: this.findings };
  }

  private found(
    checkpoint: number,
    code: SealFinding['code'],
    detail: string,
    of?: Omit<Gone, 'checkpoint' | 'reached'>,
  ) {
    const { ledger = null, subject = null, revision = null } = of ?? {};
    this.findings.push({ checkpoint, ledger, subject, revision, code, detail });
  }

  private missing(number: number): void {
    this.found(number, 'missing-checkpoint', 'the database does not have it');
  }

  private readable(text: string): Checkpoint | null {
    try {
      return readCheckpoint(text);
    } catch {
      return null;
    }
  }

  private async checkpoint(
    number: number,
    kept: KeptCheckpoint,
    previous: KeptCheckpoint | null,
  ): Promise<void> {
    this.signature(number, kept);
    const changed = (detail: string): void => this.found(number, 'changed-checkpoint', detail);
    const said = this.readable(kept.text);
    if (said?.number !== number || said.organization !== this.organization) {
      changed('its text is not that of this checkpoint');
      return;
    }
    // What comes first is either the first one, or stands behind one that is missing: that was told.
    if (previous && said.previous !== checkpointHash(previous.text))
      changed('it does not follow from the checkpoint before');
    if (number === 1 && said.previous !== null) changed('the first one follows from none');
    const at = [this.organization, number];
    const [sum] = await this.manager.query<{ moved: number; digest: string }[]>(DIGEST, at);
    if (sum?.moved !== said.moved) changed(`it sealed ${said.moved} heads, and ${sum?.moved ?? 0} are kept`);
    else if (sum.digest !== said.digest) changed('the heads that are kept are not those that it sealed');
    const totals = totalsOf(await this.manager.query<TotalsRow[]>(TOTALS, at));
    if (canonicalJson(totals) !== canonicalJson(said.totals)) changed('the numbers of what is sealed differ');
  }

  private signature(number: number, { text, key, signature }: KeptCheckpoint): void {
    const { keys } = this.options;
    if (keys.length === 0) return;
    if (key === null || signature === null) {
      this.found(number, 'missing-signature', 'nobody has signed it');
      return;
    }
    const by = keys.find(({ fingerprint }) => fingerprint === key);
    if (!by) this.found(number, 'unknown-key', `it bears the signature of a key that is not known: ${key}`);
    else if (!by.hasSigned(text, signature))
      this.found(number, 'wrong-signature', 'its text is not what was signed');
    else this.signed += 1;
  }

  private async outside(rows: readonly CheckpointRow[]): Promise<void> {
    const heads: object[] = [];
    for (const kept of this.options.kept ?? []) {
      const said = this.readable(kept.text);
      if (said?.organization !== this.organization) continue;
      const { number } = said;
      const own = rows.find((row) => row.number === number);
      if (!own) this.missing(number);
      else if (own.text !== kept.text)
        this.found(number, 'changed-checkpoint', 'it is not the one that was kept outside');
      for (const { ledger, subject, revision, head } of kept.heads ?? [])
        heads.push({ ledger, subject_id: subject, revision, head: `\\x${head}`, checkpoint: number });
    }
    if (heads.length > 0) await this.sealedRows(OUTSIDE_HEADS, [JSON.stringify(heads)]);
  }

  /** Whether what was sealed is still there as it was. */
  private async sealedRows(heads: string, parameters: readonly string[]): Promise<void> {
    const of = [this.organization, ...parameters];
    const gone = await this.manager.query<Gone[]>(historyDiffers(heads), of);
    for (const ledger of this.options.ledgers ?? [])
      gone.push(...(await this.manager.query<Gone[]>(rowDiffers(ledger, heads), of)));
    for (const one of gone) {
      const { checkpoint, reached, revision } = one;
      const told = this.findings.some(
        (finding) =>
          finding.checkpoint === checkpoint &&
          finding.subject === one.subject &&
          finding.revision === revision,
      );
      if (told) continue;
      if (reached === null) this.found(checkpoint, 'missing-subject', 'nothing of it is there any more', one);
      else if (reached < revision)
        this.found(
          checkpoint,
          'missing-tail',
          `it was sealed at revision ${revision}, and ends at ${reached}`,
          one,
        );
      else this.found(checkpoint, 'changed-entry', 'it is not what was sealed', one);
    }
  }

  /** What says that it is older than the last checkpoint, and was never sealed. */
  private async added({ number, sealedAt }: Checkpoint): Promise<void> {
    const of = [this.organization, sealedAt];
    const tell = (ledger: string, added: readonly { subject: string; since: string }[]): void => {
      for (const { subject, since } of added)
        this.found(number, 'added-entry', `it says to be there ${since}, and was not when this was sealed`, {
          ledger,
          subject,
          revision: 1,
        });
    };
    tell(HISTORY_LEDGER, await this.manager.query(addedInstances, of));
    for (const ledger of this.options.ledgers ?? [])
      tell(ledger.name, await this.manager.query(addedRows(ledger), of));
  }
}
