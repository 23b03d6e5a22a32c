import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type Delegation, type Role } from '../../directory/directory';
import { isInOffice, officesOf } from '../../directory/offices';
import { addDays, dayNumberOfDate, type CivilDate } from '../../working-time/civil-date';
import { zoneNamed } from '../../working-time/zone';
import { requireDate, today, type ActFacts } from '../act-facts';
import { type DelegationEventToSend, type DelegationInput } from './delegation.types';

export interface DelegationIntent {
  /** Whoever gives it. */
  readonly by: string;
  readonly from: string;
  readonly to: string;
  readonly start: CivilDate;
  readonly end: CivilDate;
  readonly reason: string | null;
}

/** Roles with something that others wait for. */
const delegating: ReadonlySet<Role> = new Set(['chair', 'vice-chair', 'agency-head']);

/** Longer is a change of office, not an absence. */
const MOST_DAYS = 366;

const refuse = (code: string, field: string, vi: string, en: string): Refusal =>
  refusal(code, { vi, en }, { field });

function datesOf({ start, end }: DelegationIntent, facts: ActFacts): Refusal | null {
  for (const [field, date] of [
    ['start', start],
    ['end', end],
  ] as const) {
    const read = requireDate(date, field);
    if (isRefusal(read)) return read;
  }
  if (start < today(facts))
    return refuse('delegation-in-past', 'start', 'Ngày bắt đầu đã qua.', 'The first day is over.');
  if (end < start)
    return refuse(
      'ends-before-start',
      'end',
      'Ngày kết thúc sớm hơn ngày bắt đầu.',
      'It ends before it starts.',
    );
  if (dayNumberOfDate(end) - dayNumberOfDate(start) >= MOST_DAYS)
    return refuse(
      'delegation-too-long',
      'end',
      `Ủy quyền dài nhất ${MOST_DAYS} ngày.`,
      `A delegation lasts ${MOST_DAYS} days at most.`,
    );
  return null;
}

/** Nobody passes on what they hold for somebody else, and nobody is in two hands on one day. */
function clashOf({ from, to, start, end }: DelegationIntent, { directory }: ActFacts): Refusal | null {
  const others = directory.delegations.filter((other) => other.start <= end && other.end >= start);
  const some = (test: (other: Delegation) => boolean): boolean => others.some(test);
  if (some((other) => other.from === to && other.to === from))
    return refuse(
      'delegation-circle',
      'to',
      'Người nhận đã ủy quyền lại cho chính người giao trong thời gian này.',
      'On these dates the delegate has delegated to the very person.',
    );
  if (some((other) => other.from === from))
    return refuse(
      'delegation-overlaps',
      'start',
      'Trong thời gian này đã có một ủy quyền khác.',
      'On these dates there is another delegation already.',
    );
  if (some((other) => other.from === to))
    return refuse(
      'delegation-chain',
      'to',
      'Người nhận cũng vắng và đã ủy quyền trong thời gian này.',
      'On these dates the delegate is away too, and has delegated.',
    );
  if (some((other) => other.to === from))
    return refuse(
      'delegation-chain',
      'from',
      'Người giao đang nhận ủy quyền của người khác trong thời gian này; không ủy quyền lại.',
      'On these dates they stand in for somebody else: what one holds for another is not passed on.',
    );
  return null;
}

/**
 * A leader's or a head's absence. Refuses `unknown-person`, `nothing-to-delegate`, `delegate-without-office`,
 * `delegation-to-oneself`, `not-a-date`, `delegation-in-past`, `ends-before-start`, `delegation-too-long`,
 * `delegation-circle`, `delegation-overlaps`, `delegation-chain`.
 */
export function planDelegation(intent: DelegationIntent, facts: ActFacts): DelegationInput | Refusal {
  const { by, from, to, start, end, reason } = intent;
  const wrong = datesOf(intent, facts);
  if (wrong) return wrong;
  const stranger = (['from', 'to'] as const).find(
    (field) => !facts.directory.people.some(({ id }) => id === intent[field]),
  );
  if (stranger !== undefined)
    return refuse(
      'unknown-person',
      stranger,
      'Không có người này trong danh bạ.',
      'The directory has no such person.',
    );
  if (from === to)
    return refuse(
      'delegation-to-oneself',
      'to',
      'Không ủy quyền cho chính mình.',
      'Nobody delegates to themselves.',
    );
  if (!officesOf(facts.directory, from, start).some(({ role }) => delegating.has(role)))
    return refuse(
      'nothing-to-delegate',
      'from',
      'Chỉ lãnh đạo và thủ trưởng cơ quan mới ủy quyền.',
      'Only leaders and heads of agencies delegate.',
    );
  if (!isInOffice(facts.directory, to, start))
    return refuse(
      'delegate-without-office',
      'to',
      'Người nhận ủy quyền không giữ chức vụ nào vào ngày bắt đầu.',
      'The delegate holds no office on the first day.',
    );
  const clash = clashOf(intent, facts);
  if (clash) return clash;
  const zone = zoneNamed(facts.calendar.zone);
  const midnight = (date: CivilDate) => zone.instantOf(dayNumberOfDate(date), 0);
  return {
    from,
    to,
    start,
    end,
    startsAt: midnight(start),
    endsAt: midnight(addDays(end, 1)),
    reason: wordsIn(reason),
    givenBy: by,
  };
}

function wordsIn(text: string | null): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

/** Back earlier than planned. */
export function planDelegationEnd(intent: {
  readonly by: string;
  readonly reason: string | null;
}): DelegationEventToSend {
  return { type: 'end', by: intent.by, reason: wordsIn(intent.reason) };
}
