import { type HistoryEntry, type Instant } from '@dondoc/workflow';
import { directiveState, escalationState, type TimeState } from '../lifecycles/directive-state';
import { cameInTime } from '../lifecycles/directive.updates';
import { internalDirectiveEvents, type DeadlineInForce } from '../lifecycles/directive.types';
import { extensionRequestState } from '../lifecycles/extension-request.types';
import { readPayload, type DeliveredMessage } from '../lifecycles/message-payload';
import { zoneNamed } from '../working-time/zone';

export type { DeliveredMessage } from '../lifecycles/message-payload';

/** One thing that happened to a directive or an escalation, as people would tell it. */
export interface TimelineLine {
  /** ISO 8601 with the office's offset, to the second. */
  readonly at: string;
  /** Stable name: "12/TB-UBND#3", and "12/TB-UBND#3/T+5" for its escalation of that rung. */
  readonly instance: string;
  readonly transition: string;
  /** Login of a person or abbreviation of an agency; null where it is for nobody in particular. */
  readonly recipient: string | null;
  /** Article of the working rules. */
  readonly article: string | null;
}

/** Stable names in place of ids, which differ from run to run. */
export interface TimelineNames {
  readonly zone: string;
  /** Of a directive; those of escalations follow from it. */
  directive(id: string): string;
  /** Of a standing directive, as `standingNames` gives it; those of its reports follow from it. */
  standing(id: string): string;
  person(id: string): string;
  agency(id: string): string;
}

/**
 * "standing/KT" for the first standing directive that an agency leads, "standing/KT#2" for the next.
 * @param given all that there are, in the order in which they were given
 */
export function standingNames(
  given: readonly { readonly id: string; readonly agency: string }[],
): (id: string) => string {
  const names = given.map(({ id, agency }, index) => {
    const ordinal = given.slice(0, index + 1).filter((one) => one.agency === agency).length;
    return [id, `standing/${agency}${ordinal === 1 ? '' : `#${ordinal}`}`] as const;
  });
  const known = new Map(names);
  return (id) => known.get(id) ?? id;
}

type Told = Omit<TimelineLine, 'at' | 'instance'>;

const told = (transition: string, recipient: string | null = null, article: string | null = null): Told => ({
  transition,
  recipient,
  article,
});

/** An instant on the office's own wall clock: '2026-11-02T08:15:00+07:00'. */
export function wallClock(instant: Instant, zone: string): string {
  const offset = Math.round(zoneNamed(zone).offsetAt(instant) / 60_000);
  const wall = new Date(instant + offset * 60_000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${pad(hours)}:${pad(minutes)}`;
}

/** Told by the line of the instance that sends them. */
const silent = new Set<string>(internalDirectiveEvents.filter((type) => type !== 'parent-moved'));

/** Walks one directive's history, remembering what later lines are judged by. */
function directiveTeller(names: TimelineNames): (entry: HistoryEntry) => Told[] {
  let time: TimeState | null = null;
  let deadline: DeadlineInForce | null = null;
  let judgedAt: Instant | null = null;
  let work = '';
  return (entry) => {
    const { event, kind, at } = entry;
    const after = directiveState(entry.to);
    const lines: Told[] = [];
    const source = kind === 'start' ? (event['input'] as Record<string, unknown>) : event;
    if ('deadline' in source && event.type !== 'propose-resumption')
      deadline = source['deadline'] as DeadlineInForce | null;
    if (event.type === 'report' || event.type === 'approve-report')
      judgedAt = (event['judgedAt'] as Instant | null) ?? at;
    if (kind === 'start') lines.push(told('assigned', names.agency(source['lead'] as string)));
    else if (event.type === 'reassign') lines.push(told('reassign', names.agency(event['lead'] as string)));
    else if (kind === 'event' && !silent.has(event.type)) lines.push(told(event.type));
    else if (work === 'assigned' && after.work === 'in-progress') lines.push(told('accepted by silence'));
    if (after.time !== time && after.time === 'near-due')
      lines.push(told('near due', null, deadline?.articles.nearDue ?? null));
    if (after.time !== time && after.time === 'overdue')
      lines.push(told('overdue', null, deadline?.articles.overdue ?? null));
    if (after.work === 'closed') {
      const inTime = cameInTime(judgedAt, deadline?.at ?? null);
      lines.push(told(inTime === null ? 'closed' : inTime ? 'closed on time' : 'closed late'));
    }
    time = after.time;
    work = after.work;
    return lines;
  };
}

function escalationLines({ kind, event, to }: HistoryEntry): Told[] {
  if (kind !== 'event') return [];
  if (event.type === 'decide') return [told(`decide ${event['decision'] as string}`)];
  return [told(escalationState(to) === 'withdrawn' ? 'withdrawn' : event.type)];
}

/** A request for more time: how it began, and what became of it. */
function requestLines({ kind, event, to }: HistoryEntry): Told[] {
  if (kind === 'start') return [told('extension requested')];
  if (kind !== 'event') return [];
  if (event.type === 'decide') return [told(`extension ${extensionRequestState(to)}`)];
  return [told(`extension ${event.type}`)];
}

/** What people did; what the rules did by themselves is told by its message, and so is to whom it went. */
function actLines({ kind, event }: HistoryEntry): Told[] {
  return kind === 'event' && event.type !== 'stood-in' ? [told(event.type)] : [];
}

interface Story {
  /** Stable name of the instance. */
  readonly instance: string;
  readonly tell: (entry: HistoryEntry) => Told[];
}

/** How an instance is told: a directive under its own name, everything else as a part of what it is about. */
function storyOf(first: HistoryEntry | undefined, names: TimelineNames): Story {
  if (first === undefined) return { instance: '', tell: actLines };
  const input = (first.event['input'] ?? {}) as Readonly<Record<string, string | undefined>>;
  const part = `${names.directive(input['directive'] ?? '')}/`;
  switch (first.lifecycle) {
    case 'directive':
      return { instance: names.directive(first.instance), tell: directiveTeller(names) };
    case 'escalation':
      return { instance: part + (input['rung'] ?? ''), tell: escalationLines };
    case 'consultation':
      return { instance: `${part}consultation/${names.agency(input['agency'] ?? '')}`, tell: actLines };
    case 'standing-directive':
      return { instance: names.standing(first.instance), tell: actLines };
    case 'reporting-obligation':
      return {
        instance: `${names.standing(input['standing'] ?? '')}/${input['report'] ?? ''}`,
        tell: actLines,
      };
    case 'delegation':
      return { instance: `delegation/${names.person(input['from'] ?? '')}`, tell: actLines };
    case 'extension-request':
      return { instance: `${part}extension`, tell: requestLines };
    default:
      return { instance: part + first.lifecycle, tell: actLines };
  }
}

function messageLines(message: DeliveredMessage, names: TimelineNames): Told[] {
  const { subject, rung, article } = readPayload(message.payload);
  const transition =
    subject === 'rung'
      ? `remind ${rung ?? ''}`
      : subject === 'escalation-raised'
        ? 'escalation raised'
        : `notify ${subject}`;
  const people = message.recipients.map((id) => names.person(id)).sort();
  return (people.length === 0 ? [null] : people).map((person) => told(transition, person, article));
}

/** Carry messages that are told with what they are about. */
const carriers = new Set(['dispatch', 'digest']);

/**
 * What happened, in order, from the histories of instances and the messages that were delivered. The simulation and the
 * real system both tell it through here. Order: instant, then instance name, then as it happened within the instance.
 */
export function timelineLines(
  history: readonly HistoryEntry[],
  messages: readonly DeliveredMessage[],
  names: TimelineNames,
): readonly TimelineLine[] {
  const byInstance = new Map<string, HistoryEntry[]>();
  for (const entry of history)
    byInstance.set(entry.instance, [...(byInstance.get(entry.instance) ?? []), entry]);
  const lines: (TimelineLine & { readonly instant: Instant })[] = [];
  for (const [id, entries] of byInstance) {
    const ordered = [...entries].sort((a, b) => a.revision - b.revision);
    const [first] = ordered;
    if (first && carriers.has(first.lifecycle)) continue;
    const { instance, tell } = storyOf(first, names);
    for (const entry of ordered) {
      const sent = messages.filter(
        (message) => message.instance === id && message.revision === entry.revision,
      );
      const now = [...tell(entry), ...sent.flatMap((message) => messageLines(message, names))];
      const at = wallClock(entry.at, names.zone);
      lines.push(...now.map((line) => ({ instant: entry.at, at, instance, ...line })));
    }
  }
  return lines
    .sort((a, b) => a.instant - b.instant || compare(a.instance, b.instance))
    .map(({ at, instance, transition, recipient, article }) => ({
      at,
      instance,
      transition,
      recipient,
      article,
    }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The same lines with their instants cut to the whole minute and put in order again: a person's act that takes the real
 * system some seconds then reads as the same act of a scenario.
 */
export function toTheMinute(lines: readonly TimelineLine[]): readonly TimelineLine[] {
  return lines
    .map((line) => ({ ...line, at: `${line.at.slice(0, 17)}00${line.at.slice(19)}` }))
    .sort((a, b) => compare(a.at, b.at) || compare(a.instance, b.instance));
}
