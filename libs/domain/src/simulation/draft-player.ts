import { isRefusal, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { type DraftItem } from '../drafts/draft-item';
import { editItems, itemByHand, type DraftEdit } from '../drafts/edit-items';
import { itemsOfReading } from '../drafts/items-of-reading';
import { planItem, type PlannedItem } from '../drafts/plan-item';
import { today } from '../lifecycles/act-facts';
import { type CivilDate } from '../working-time/civil-date';
import { type Cast } from './cast';
import { type ActOf } from './scenario';
import { unknown } from './scenario-intents';

interface OpenDraft {
  readonly sourceDate: CivilDate;
  readonly items: readonly DraftItem[];
}

/** From the notice or the note to directives: what a clerk does. */
export class DraftPlayer {
  private readonly drafts = new Map<string, OpenDraft>();

  constructor(private readonly cast: Cast) {}

  upload(act: ActOf<'upload'>): Refusal | null {
    const notice = this.cast.stage.notices.find(({ file }) => file === act.notice);
    if (!notice) return unknown(act.notice, 'notice');
    const { reading } = notice;
    const { number, issuedOn, meetingOn } = reading.document;
    const items = itemsOfReading(
      reading,
      this.cast.stage.directory,
      issuedOn ?? today(this.cast.facts),
      this.cast.names.person(act.by),
    );
    this.drafts.set(number ?? act.notice, {
      sourceDate: issuedOn ?? meetingOn ?? today(this.cast.facts),
      items,
    });
    return null;
  }

  manual(act: ActOf<'manual'>): Refusal | null {
    const items = act.items.map((given, index) => ({
      ...itemByHand(String(index + 1), { ...this.cast.names.fields(given), text: given.text }),
      assigningLeader: this.cast.names.person(act.source.givenBy),
      trackingOfficer: this.cast.names.person(act.by),
    }));
    this.drafts.set(act.document, { sourceDate: act.source.givenOn, items });
    return null;
  }

  correct(act: ActOf<'correct'>): Refusal | null {
    const draft = this.drafts.get(act.document);
    if (!draft) return unknown(act.document, 'document');
    const edits = act.edits.map((edit): DraftEdit => {
      switch (edit.op) {
        case 'edit':
          return { ...edit, set: this.cast.names.fields(edit.set) };
        case 'split':
          return { ...edit, parts: edit.parts.map((part) => this.cast.names.fields(part)) };
        case 'drop':
          return edit;
      }
    });
    const items = editItems(draft.items, edits);
    if (isRefusal(items)) return items;
    this.drafts.set(act.document, { ...draft, items });
    return null;
  }

  /** All or none: one item that cannot become a directive refuses the whole confirmation. */
  async confirm(act: ActOf<'confirm'>): Promise<Refusal | null> {
    const draft = this.drafts.get(act.document);
    if (!draft) return unknown(act.document, 'document');
    const source = { date: draft.sourceDate, by: this.cast.names.person(act.by) };
    const items: { readonly id: string; readonly name: string; readonly planned: PlannedItem }[] = [];
    for (const item of draft.items.filter(({ tracked }) => tracked)) {
      const planned = planItem(item, source, this.cast.facts);
      if (isRefusal(planned))
        return {
          ...planned,
          code: 'draft-not-confirmable',
          field: `items.${item.id}.${planned.field ?? ''}`,
        };
      items.push({ id: this.cast.stage.memory.newId(), name: `${act.document}#${item.id}`, planned });
    }
    const actor = { kind: 'person', id: source.by } as const;
    const answer = await this.cast.stage.memory.transaction(this.cast.stage.organization, (tx) =>
      tx.startMany(
        items.map(({ id, planned: { lifecycle, input } }) => ({
          lifecycle,
          id,
          input: input as unknown as StoredEvent['input'],
          actor,
        })),
      ),
    );
    if (isRefusal(answer)) return answer;
    for (const { id, name, planned } of items)
      (planned.lifecycle === 'directive' ? this.cast.directives : this.cast.standing).set(name, id);
    this.drafts.delete(act.document);
    return null;
  }
}
