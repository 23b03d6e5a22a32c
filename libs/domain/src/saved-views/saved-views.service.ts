import { refusal, type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { SavedViewEntity } from '../persistence/entities/saved-view.entity';

/** Filters of the list of directives that a person comes back to. Each person sees their own. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly filters: Readonly<Record<string, string>>;
}

/** More than anybody finds their way in. */
export const MOST_VIEWS = 50;

const viewOf = ({ id, name, filters }: SavedViewEntity): SavedView => ({ id, name, filters });

export async function listSavedViews(
  tx: PostgresTransaction,
  { person }: Caller,
): Promise<readonly SavedView[]> {
  return tx.query<SavedView>(
    `select id, name, filters from dondoc.saved_view where organization_id = $1 and person_id = $2 order by name`,
    [tx.organization, person],
  );
}

/** Keeps filters under a name; under a name that there is already, they take the place of those before. */
export async function saveView(
  tx: PostgresWork,
  { person }: Caller,
  { name, filters }: Omit<SavedView, 'id'>,
): Promise<SavedView | Refusal> {
  const { organization, manager, now } = tx;
  const where = { organizationId: organization, personId: person };
  const before = await manager.findOneBy(SavedViewEntity, { ...where, name });
  if (!before && (await manager.countBy(SavedViewEntity, where)) >= MOST_VIEWS)
    return refusal(
      'too-many-views',
      {
        vi: `Mỗi người lưu nhiều nhất ${MOST_VIEWS} bộ lọc; hãy bỏ bớt một bộ.`,
        en: `At most ${MOST_VIEWS} views are kept for each person; remove one first.`,
      },
      { field: 'name' },
    );
  const kept: SavedViewEntity = { ...where, id: before?.id ?? newUuid(), name, filters, savedAt: now };
  await manager.upsert(SavedViewEntity, kept, ['organizationId', 'id']);
  return viewOf(kept);
}

/** Forgets one of the caller's own. */
export async function removeView(
  tx: PostgresWork,
  { person }: Caller,
  id: string,
): Promise<{ readonly id: string } | Refusal> {
  const { affected } = await tx.manager.delete(SavedViewEntity, {
    organizationId: tx.organization,
    personId: person,
    id,
  });
  if (affected !== 0) return { id };
  const isOthers = await tx.manager.existsBy(SavedViewEntity, { organizationId: tx.organization, id });
  return isOthers ? notVisible('saved-view.remove', id) : notFound();
}
