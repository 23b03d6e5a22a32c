import { isRefusal, refusal, type Instant, type Refusal } from '@dondoc/workflow';
import { existsOn } from '../../directory/agencies';
import { holdersOf } from '../../directory/offices';
import { type Urgency } from '../../working-rules/working-rules';
import { type CivilDate } from '../../working-time/civil-date';
import { closingTimeOf } from '../../working-time/working-time';
import { dateAt, zoneNamed } from '../../working-time/zone';
import { today, withinCalendar, type ActFacts } from '../act-facts';
import { inForce, planLadderAnew } from '../deadline-plan';
import { planAssignment } from '../directive-acts';
import { hasEnded, isUnderway } from '../directive-state';
import {
  type DeadlineInForce,
  type DirectiveContext,
  type DirectiveEventToSend,
  type DirectiveInput,
} from '../directive.types';
import { planResumption } from '../suspension-acts';
import { parentMoved, sendDown, type Child, type DirectivePort } from './cascade-acts';
import { type PartOrder } from './remote-part.types';

const BASIS = 'Theo hạn của đơn vị giao';

/** A part of another organization's directive, as it comes in. */
export interface ReceivedPart {
  readonly id: string;
  readonly from: string;
  readonly part: string;
  readonly sourceDate: CivilDate;
  readonly field: string | null;
  readonly urgency: Urgency;
  readonly order: PartOrder;
}

/** The end of that day's work by this organization's own calendar, and never after the instant that was given. */
function ownInstant(limit: Instant, { calendar }: ActFacts): Instant {
  const date = dateAt(zoneNamed(calendar.zone), limit - 1);
  return Math.min(limit, closingTimeOf(calendar, date));
}

/**
 * A directive of this organization: led by its Office until somebody gives it to another agency, given by its chair, under
 * its own rules and calendar. Refuses `no-office`, `beyond-calendar`, `source-in-future`.
 */
export function planReceivedPart(received: ReceivedPart, facts: ActFacts): DirectiveInput | Refusal {
  const { id, from, part, sourceDate, field, urgency, order } = received;
  const { directory } = facts;
  const office = directory.agencies.find((agency) => agency.isOffice && existsOn(agency, today(facts)));
  if (!office)
    return refusal('no-office', {
      vi: 'Đơn vị nhận chưa có Văn phòng trong danh bạ để tiếp nhận.',
      en: 'The directory of the organization that receives has no Office to take it.',
    });
  return withinCalendar('deadline', () => {
    const deadline = order.deadline === null ? null : ownInstant(order.deadline, facts);
    const parent = { directive: part, self: id, organization: from, deadline };
    const chair = holdersOf(directory, 'chair', null, today(facts))[0]?.person ?? null;
    const input = planAssignment(
      { lead: [office.id], assigningLeader: chair, field, urgency, sourceDate, deadline: null, parent },
      facts,
    );
    if (isRefusal(input) || order.deadline === null) return input;
    return { ...input, parent: { ...parent, deadline: order.deadline } };
  });
}

/** The newest order that a received directive has followed. */
interface FollowedOrder {
  readonly deadline: Instant | null;
  readonly suspendedAt: Instant | null;
}

/**
 * Applies a newer order to the directive that a part became, and what it means all the way down; to be called in one
 * transaction. Answers since when it stands still by that word, as `stoppedByOrder`.
 */
export async function applyOrder(
  port: DirectivePort,
  id: string,
  { order, from }: Pick<ReceivedPart, 'order' | 'from'>,
  before: FollowedOrder,
): Promise<Instant | null | Refusal> {
  const found = await port.find(id);
  if (!found) throw new Error(`there is no directive ${id} that a part became`);
  let { context } = found;
  const events = followOrder(order, before, { ...found, from }, found.facts);
  for (const event of events) {
    const sent = await sendDown(port, id, context, event);
    if (isRefusal(sent)) return sent;
    context = sent.snapshot.context as unknown as DirectiveContext;
  }
  return stoppedByOrder(order, before, events, context);
}

/** The newest order, as the directive that it is about hears of it: in this order, each in turn. */
function followOrder(
  order: PartOrder,
  before: FollowedOrder,
  child: Child & { readonly from: string },
  facts: ActFacts,
): readonly DirectiveEventToSend[] {
  const { work, context, from: by } = child;
  if (hasEnded(work)) return [];
  if (order.ended) return [{ type: 'cancel', by, reason: order.ended.reason }];
  const moved = order.deadline === before.deadline ? [] : [limitMoved(order, before, child, facts)];
  if (order.suspended)
    return isUnderway(work) ? [...moved, { type: 'suspend', by, reason: order.suspended.reason }] : moved;
  // What the organization itself stopped waits for its own word.
  const isFromAbove = work === 'suspended' && context.suspension?.since === before.suspendedAt;
  if (!isFromAbove) return moved;
  const parent = context.parent && { ...context.parent, deadline: order.deadline };
  const [move] = moved;
  const hadPassed = (context.deadline?.at ?? Infinity) <= context.suspension.since;
  const goesOn =
    move && hadPassed && standsAtLimit(before, child, facts) ? movedWith(context, move, facts) : context;
  const resumption = planResumption({ ...goesOn, parent }, { by }, facts);
  return isRefusal(resumption) ? moved : [...moved, resumption];
}

/**
 * Since when a directive stands still because the organization above said so; null: it does not, or it stood still already
 * by its own organization's word. `events` are what it heard of the order, `after` is the directive after them.
 */
function stoppedByOrder(
  { suspended }: PartOrder,
  before: Pick<FollowedOrder, 'suspendedAt'>,
  events: readonly DirectiveEventToSend[],
  after: Pick<DirectiveContext, 'suspension'>,
): Instant | null {
  if (suspended === null) return null;
  const stops = events.some(({ type }) => type === 'suspend');
  return stops ? (after.suspension?.since ?? null) : before.suspendedAt;
}

function standsAtLimit(
  before: Pick<FollowedOrder, 'deadline'>,
  { context }: Child,
  facts: ActFacts,
): boolean {
  const limit = before.deadline === null ? null : ownInstant(before.deadline, facts);
  return (context.deadline?.at ?? null) === limit;
}

/**
 * A directive that was overdue when it stopped, as it is once the limit has moved it: nothing was left, so it goes on by
 * the limit.
 */
function movedWith(
  context: DirectiveContext,
  { deadline }: DirectiveEventToSend<'parent-moved'>,
  { now }: ActFacts,
): DirectiveContext {
  const { ladder, suspension } = context;
  return {
    ...context,
    deadline,
    deadlineSince: now,
    ladder: { ...ladder, sent: [] },
    suspension: suspension && { ...suspension, proposed: deadline },
  };
}

/** With the limit moves what stood at the limit; what this organization set earlier by itself stays. */
function limitMoved(
  order: PartOrder,
  before: Pick<FollowedOrder, 'deadline'>,
  child: Child & { readonly from: string },
  facts: ActFacts,
): DirectiveEventToSend<'parent-moved'> {
  const { context, work, from } = child;
  const limit = order.deadline === null ? null : { at: order.deadline };
  const plan = parentMoved(from, limit, child, facts);
  if (work === 'reported' || !standsAtLimit(before, child, facts)) return plan;
  const deadline: DeadlineInForce | null =
    limit === null ? context.deadline : inForce(ownInstant(limit.at, facts), { basis: BASIS }, facts);
  return { ...plan, deadline, ...planLadderAnew(context, deadline, facts) };
}
