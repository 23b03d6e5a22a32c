import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { requireAgency } from '../directory/agencies';
import { actFacts } from '../directives/directive-facts';
import { today } from '../lifecycles/act-facts';
import { shapeOf, type Lesson } from './lessons';

export interface LessonView extends Lesson {
  readonly id: string;
  readonly active: boolean;
  readonly revision: number;
  readonly taughtBy: string;
  /** ISO 8601, UTC. */
  readonly taughtAt: string;
}

export interface LessonChange {
  /** An inactive lesson is undone: the next reading does not know it. */
  readonly active?: boolean | undefined;
  /** Alias: the agency that the name means. */
  readonly agency?: string | undefined;
}

interface LessonRow extends Omit<LessonView, 'taughtAt'> {
  readonly taught_at: Date;
}

const SELECT_LESSON = `
  select id, kind, phrase, agency_id as agency, parts, active, revision, taught_by_id as "taughtBy", taught_at
  from dondoc.intake_lesson`;
/** An office teaches a few hundred in years; more would slow every reading. */
const MOST_LESSONS = 5_000;

const viewOf = ({ taught_at, ...row }: LessonRow): LessonView => ({
  ...row,
  taughtAt: taught_at.toISOString(),
});

/** All lessons of the organization, newest first. */
export async function listLessons(
  tx: PostgresTransaction,
): Promise<{ readonly items: readonly LessonView[] }> {
  const rows = await tx.query<LessonRow>(
    `${SELECT_LESSON} where organization_id = $1 order by taught_at desc, id desc limit ${MOST_LESSONS}`,
    [tx.organization],
  );
  return { items: rows.map(viewOf) };
}

/** Lessons that the next reading follows. */
export async function lessonsInForce(tx: PostgresTransaction): Promise<readonly Lesson[]> {
  const { items } = await listLessons(tx);
  return items.filter(({ active }) => active);
}

/** Keeps what corrections teach; a lesson on the same words is taught anew, and one that was undone comes back. */
export async function keepLessons(
  tx: PostgresWork,
  caller: Caller,
  lessons: readonly Lesson[],
): Promise<void> {
  for (const { kind, phrase, agency, parts } of lessons) {
    await tx.query(
      `insert into dondoc.intake_lesson
         (organization_id, id, kind, phrase, shape, agency_id, parts, active, revision, taught_by_id, taught_at)
       values ($1, $2, $3, $4, $5, $6, $7::jsonb, true, 1, $8, to_timestamp($9::bigint / 1000.0))
       on conflict (organization_id, kind, shape) do update
         set phrase = excluded.phrase, agency_id = excluded.agency_id, parts = excluded.parts, active = true,
           revision = intake_lesson.revision + 1, taught_by_id = excluded.taught_by_id, taught_at = excluded.taught_at`,
      [
        tx.organization,
        newUuid(),
        kind,
        phrase,
        shapeOf(phrase),
        agency,
        JSON.stringify(parts),
        caller.person,
        tx.now,
      ],
    );
  }
}

/** Edits or undoes a lesson. Refuses `stale-revision`, `unknown-agency` and `lesson-without-agency`. */
export async function changeLesson(
  tx: PostgresWork,
  id: string,
  expectedRevision: number,
  change: LessonChange,
): Promise<LessonView | Refusal> {
  const [row] = await tx.query<LessonRow>(
    `${SELECT_LESSON} where organization_id = $1 and id = $2 for update`,
    [tx.organization, id],
  );
  if (!row) return notFound();
  if (row.revision !== expectedRevision)
    return refusal(
      'stale-revision',
      {
        vi: 'Người khác đã sửa mục này; hãy xem bản mới rồi thao tác lại.',
        en: 'Somebody else has changed this in the meantime; look at it again.',
      },
      { currentRevision: row.revision },
    );
  if (change.agency !== undefined) {
    if (row.kind !== 'alias')
      return refusal(
        'lesson-without-agency',
        { vi: 'Chỉ tên gọi khác mới gắn với một cơ quan.', en: 'Only an alias means an agency.' },
        { field: 'agency' },
      );
    const facts = await actFacts(tx);
    const agency = requireAgency(facts.directory, change.agency, today(facts), 'agency');
    if (isRefusal(agency)) return agency;
  }
  await tx.query(
    `update dondoc.intake_lesson
     set active = coalesce($3, active), agency_id = coalesce($4, agency_id), revision = revision + 1
     where organization_id = $1 and id = $2`,
    [tx.organization, id, change.active ?? null, change.agency ?? null],
  );
  const [changed] = await tx.query<LessonRow>(`${SELECT_LESSON} where organization_id = $1 and id = $2`, [
    tx.organization,
    id,
  ]);
  return changed ? viewOf(changed) : notFound();
}
