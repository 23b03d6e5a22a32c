import { type HistoryEntry, type Instant } from '@dondoc/workflow';
import { directiveState } from '../../lifecycles/directive-state';
import {
  type DeadlineInForce,
  type DirectiveContext,
  type DirectiveInput,
} from '../../lifecycles/directive.types';
import { readPayload } from '../../lifecycles/message-payload';
import { type WorkingRules } from '../../working-rules/working-rules';
import { courseOf } from './course';
import { each, keptIn, on, toldBy, together, type Finding, type Invariant, type Kept } from './invariant';
import { type PlayedAct, type PlayedWeek } from './played-week';

/**
 * The instants that directives keep, each counted anew: from what somebody did, the rules it lives under and the calendar,
 * on one's fingers. No word of the machine about when something is due is taken for it.
 */

type Planned = Partial<DirectiveInput> & { readonly counted?: Partial<DirectiveInput> | null };

/** An entry of a directive's history, with the rules it lives under from then on. */
interface Step {
  readonly entry: HistoryEntry;
  readonly said: Planned;
  readonly rules: WorkingRules;
}

function stepsOf(week: PlayedWeek, { id }: Kept<DirectiveContext>): readonly Step[] {
  let version = '';
  return (week.histories.get(id) ?? []).map((entry) => {
    const source = entry.kind === 'start' ? entry.event['input'] : entry.event;
    const said = source as unknown as Planned;
    version = said.rules ?? version;
    return { entry, said, rules: week.rulesNamed(version) };
  });
}

const ofDirectives = (
  week: PlayedWeek,
  judge: (directive: Kept<DirectiveContext>, steps: readonly Step[]) => Finding,
): Finding =>
  together(
    keptIn<DirectiveContext>(week.instances, 'directive').map((one) => judge(one, stepsOf(week, one))),
  );

const isAssigned = ({ to }: HistoryEntry): boolean => directiveState(to).work === 'assigned';

/** Every deadline becomes near when the rules say, and never after it has passed. */
export const isNearWhenTheRulesSay: Invariant = (week) =>
  ofDirectives(week, ({ id }, steps) =>
    each(
      steps.flatMap(({ said, rules, entry }) =>
        [said.deadline, said.counted?.deadline, isAssigned(entry) ? said.bySilence?.deadline : null]
          .filter((deadline) => deadline !== null && deadline !== undefined)
          .map((deadline) => ({ deadline, rules, type: entry.event.type })),
      ),
      ({ deadline: { at, nearDueAt }, rules }) => {
        const { amount, unit } = rules.nearDue.value;
        const near = Math.min(at, week.fingers.offset(at, { amount: -amount, unit }));
        return nearDueAt === near;
      },
      ({ deadline, type }) => `${id}: due ${on(deadline.at)}, near ${on(deadline.nearDueAt)} by ${type}`,
    ),
  );

/** History holds the moment at which a deadline became near. */
export const recordsBecomingNear: Invariant = (week) =>
  ofDirectives(week, ({ id }) => {
    const history = week.histories.get(id) ?? [];
    const { now } = week.office.memory;
    const crossed = courseOf(history).flatMap(({ stands, deadline, rules, from, until }) => {
      if (stands !== 'running' || deadline === null) return [];
      const { amount, unit } = week.rulesNamed(rules).nearDue.value;
      const near = week.fingers.offset(deadline, { amount: -amount, unit });
      return from < near && near < until && near < deadline && near <= now ? [near] : [];
    });
    return each(
      crossed,
      (near) => history.some(({ at, to }) => at === near && directiveState(to).time === 'near-due'),
      (near) => `${id} became near due at ${on(near)}, and history does not say so`,
    );
  });

const DUE = 'trong 5 ngày làm việc kể từ ngày nhận được văn bản';

/** Words that count from receipt become the end of that day: from the acceptance, or from the silence that is one. */
export const countsFromReceipt: Invariant = (week) =>
  ofDirectives(week, ({ id, context }, steps) =>
    each(
      steps.flatMap(({ entry: { at, event }, said }) => {
        const byAct = event.type === 'accept' ? (said.counted?.deadline ?? null) : null;
        const bySilence = said.bySilence?.deadline ?? null;
        return [
          ...(byAct === null ? [] : [{ deadline: byAct, from: at }]),
          ...(bySilence === null ? [] : [{ deadline: bySilence, from: said.returnBy ?? 0 }]),
        ].filter(() => context.openPhrase === DUE && context.parent === null);
      }),
      ({ deadline, from }) => deadline.at === week.fingers.windowEnd(from, { amount: 5, unit: 'wd' }),
      ({ deadline, from }) => `${id}: counted from ${on(from)} to ${on(deadline.at)}`,
    ),
  );

/** The time to return it ends when the rules say; then silence is what they make of it, at that very instant. */
export const endsTheReturnWindow: Invariant = (week) =>
  ofDirectives(week, ({ id }, steps) => {
    const { now } = week.office.memory;
    // Moved to other rules while it can be returned, it has the time of those rules from its assignment.
    let begins = 0;
    const windows = steps.flatMap((step) => {
      const { entry, said } = step;
      if (said.returnBy === undefined) return [];
      if (entry.event.type !== 'move-rules') begins = entry.at;
      return entry.event.type !== 'move-rules' || isAssigned(entry) ? [{ ...step, begins }] : [];
    });
    const silences = steps.flatMap(({ entry, said, rules }, index) => {
      const { at, event, kind } = entry;
      if (!isAssigned(entry) || said.returnBy === undefined) return [];
      const next = steps.slice(index + 1).find(({ entry }) => directiveState(entry.to).work !== 'assigned');
      const again = steps.slice(index + 1).find((step) => step.said.returnBy !== undefined);
      const window = windows.find((one) => one.entry === entry);
      const end = week.fingers.windowEnd(window?.begins ?? at, rules.returnWindow.value);
      const due = Math.max(end, at);
      const left = Math.min(next?.entry.at ?? Infinity, again?.entry.at ?? Infinity);
      return [{ due, left, next, event, kind }];
    });
    const isAccepted = week.rules.returnSilence.value === 'accepted';
    return together([
      each(
        windows,
        ({ begins: from, entry: { at }, said, rules }) =>
          said.returnBy === Math.max(at, week.fingers.windowEnd(from, rules.returnWindow.value)),
        ({ entry, said }) => `${id}: from ${on(entry.at)} to be returned by ${on(said.returnBy ?? 0)}`,
      ),
      each(
        silences.filter(({ due, left }) => due <= now && due <= left),
        ({ due, left, next }) => {
          if (!isAccepted)
            return next?.entry.kind !== 'timer' || !next.entry.event.type.includes('returnWindow');
          return left === due && next?.entry.at === due;
        },
        ({ due }) => `${id}: nobody said anything by ${on(due)}`,
      ),
      each(
        steps.filter(({ entry }) => entry.kind === 'timer' && entry.event.type.includes('returnWindowEnds')),
        ({ entry: { at, to } }) =>
          silences.some(({ due }) => due === at) &&
          directiveState(to).work === (isAccepted ? 'in-progress' : 'assigned'),
        ({ entry }) => `${id}: silence at ${on(entry.at)}`,
      ),
    ]);
  });

interface NamesDay {
  readonly directive?: string;
  readonly deadline?: { readonly date: string };
}

/** A day that somebody names is the end of that day's work. */
export const keepsTheDayThatWasNamed: Invariant = (week) => {
  const names = new Map(week.office.directives().map(({ name, id }) => [name, id]));
  const taken: Readonly<Record<string, string>> = {
    'set-deadline': 'set-deadline',
    extend: 'extend',
    reassign: 'reassign',
    resume: 'resume',
    'propose-resumption': 'propose-resumption',
  };
  const named = week.acts.flatMap(({ act, at, refused }: PlayedAct) => {
    const { directive = '', deadline } = act as NamesDay;
    const [type, id] = [taken[act.act], names.get(directive)];
    return refused === null && deadline && type !== undefined && id !== undefined
      ? [{ id, at, type, date: deadline.date }]
      : [];
  });
  return each(
    named,
    ({ id, at, type, date }) =>
      (week.histories.get(id) ?? []).some(
        ({ at: then, event }) =>
          then === at &&
          event.type === type &&
          (event['deadline'] as unknown as DeadlineInForce | null)?.at === week.fingers.closing(date),
      ),
    ({ id, at, type, date }) => `${id}: ${type} at ${on(at)} to ${date}`,
  );
};

/** What goes on without a day being named goes on by the working time that was left when it stopped. */
export const goesOnByWhatWasLeft: Invariant = (week) =>
  ofDirectives(week, ({ id, context }, steps) => {
    let since: Instant | null = null;
    let before: DeadlineInForce | null = null;
    let proposed: DeadlineInForce | null = null;
    const resumptions = steps.flatMap(({ entry: { at, event }, said }) => {
      const found = { at, event, said, since, before, proposed };
      if (event.type === 'suspend') [since, proposed] = [at, null];
      if (event.type === 'propose-resumption') proposed = said.deadline ?? null;
      else if (said.deadline !== undefined) before = said.deadline;
      if (event.type === 'accept' && said.counted) before = said.counted.deadline ?? null;
      if (event.type.includes('returnWindowEnds')) before = null;
      return event.type === 'resume' ? [found] : [];
    });
    const byThemselves = resumptions.filter(
      ({ at, since: stopped, before: due, proposed: later, said }) =>
        context.parent === null &&
        stopped !== null &&
        due !== null &&
        (later === null || later.at <= at) &&
        !week.acts.some((one) => one.at === at && one.act.act === 'resume' && one.act.deadline) &&
        said.deadline !== undefined,
    );
    return each(
      byThemselves,
      ({ at, since: stopped, before: due, said }) => {
        const { fingers } = week;
        const [from, end] = [stopped ?? 0, due?.at ?? 0];
        if (end <= from) return said.deadline?.at === end;
        const days = fingers.workdaysUpTo(from, end);
        const left =
          days > 0
            ? fingers.windowEnd(at, { amount: days, unit: 'wd' })
            : fingers.afterWork(at, fingers.workBetween(from, end));
        return said.deadline?.at === left;
      },
      ({ at, since: stopped, before: due, said }) =>
        `${id}: stopped ${on(stopped ?? 0)}, due ${on(due?.at ?? 0)}, went on ${on(at)} to ${on(said.deadline?.at ?? 0)}`,
    );
  });

/** A part whose day nobody names is due before its whole by what the rules say, while there is time for it. */
export const isDueBeforeItsWhole: Invariant = (week) => {
  const named = new Set(
    week.acts.flatMap(({ act, at }) =>
      act.act === 'hand-on' && act.parts.some(({ deadline }) => deadline) ? [at] : [],
    ),
  );
  return ofDirectives(week, ({ id, context, startedAt }, [start]) => {
    const limit = start?.said.parent?.deadline ?? null;
    if (!start || limit === null || context.parent?.organization !== null || named.has(startedAt))
      return { judged: 0, broken: [] };
    const { fingers } = week;
    const day = fingers.workday(fingers.dateOf(limit - 1), -start.rules.handOn.value.earlierBy.amount);
    const earlier = fingers.closing(day);
    const due = earlier > startedAt ? earlier : limit - 60_000;
    return each(
      [start.said.deadline?.at ?? 0],
      (at) => at === due,
      (at) => `${id}: a part due ${on(at)} of what is due ${on(limit)}`,
    );
  });
};

/** Who is to verify is reminded at the end of the time of the rules, and after it as they say; once each. */
export const remindsToVerifyInTime: Invariant = (week) =>
  ofDirectives(week, ({ id, context }, steps) => {
    const { fingers } = week;
    const { now } = week.office.memory;
    const urgent = week.rules.outsideHours.value.includes(context.urgency);
    const told = toldBy(week, id, 'rung')
      .map(({ at, payload }) => ({ at, rung: readPayload(payload).rung ?? '' }))
      .filter(({ rung }) => rung.startsWith('V'));
    const expected = courseOf(steps.map(({ entry }) => entry)).flatMap(({ stands, from, until, rules }) => {
      if (stands !== 'reported') return [];
      const { within, rungs } = week.rulesNamed(rules).verification.value;
      const due = fingers.windowEnd(from, within);
      return rungs
        .map(({ id: rung, offset }) => ({ rung, meant: fingers.offset(due, offset), until }))
        .map((one) => ({ ...one, at: urgent ? one.meant : fingers.opening(one.meant) }))
        .filter(
          ({ at, meant }) => at <= until && at <= now && meant >= enforced(week) && due >= enforced(week),
        );
    });
    return together([
      each(
        expected.filter(({ at, until }) => at < until),
        ({ at, rung }) => told.filter((one) => one.at === at && one.rung === rung).length === 1,
        ({ at, rung }) => `${id} was to send ${rung} at ${on(at)}`,
      ),
      each(
        told,
        ({ at, rung }) => expected.some((one) => one.at === at && one.rung === rung),
        ({ at, rung }) => `${id} sent ${rung} at ${on(at)}`,
      ),
    ]);
  });

function enforced({ rules, fingers }: PlayedWeek): Instant {
  const { value } = rules.enforcedFrom;
  return value === null ? Number.NEGATIVE_INFINITY : fingers.midnight(value);
}

/** A missing deadline is asked for at the openings that the rules say, as often as they say, of the Chief from some time on. */
export const asksForTheDeadlineInTime: Invariant = (week) =>
  ofDirectives(week, ({ id }, steps) => {
    const { fingers } = week;
    const told = toldBy(week, id, 'rung')
      .map(({ at, payload }) => ({ at, ...readPayload(payload) }))
      .filter(({ rung }) => rung?.startsWith('set-deadline') === true);
    const [start] = steps;
    if (start?.said.deadline !== null || start.said.bySilence) {
      const isOpen = ({ at }: { readonly at: Instant }): boolean => fingers.isOpen(at);
      return each(told, isOpen, ({ at }) => `${id} asked for its deadline at ${on(at)}`);
    }
    const replanned = steps.slice(1).find(({ said }) => said.deadline !== undefined || said.counted);
    const ended = steps.find(({ entry }) => directiveState(entry.to).time === null);
    const until = Math.min(replanned?.entry.at ?? Infinity, ended?.entry.at ?? Infinity);
    const { deadlinePrompt, deadlinePromptAgain } = start.rules;
    const { every, atMost, chiefFrom } = deadlinePromptAgain.value;
    const expected: { readonly at: Instant; readonly chief: boolean }[] = [];
    let meant = start.entry.at;
    for (let again = 0; again <= atMost; again += 1) {
      meant = fingers.offset(meant, again === 0 ? deadlinePrompt.value : every);
      expected.push({ at: fingers.opening(meant), chief: chiefFrom !== null && again >= chiefFrom });
    }
    const { now } = week.office.memory;
    const first = told.filter(({ at }) => at < until);
    return each(
      [expected.filter(({ at }) => at < until && at <= now)],
      (due) =>
        due.length === first.length &&
        due.every(
          ({ at, chief }, index) =>
            first[index]?.at === at && first[index].to.includes('chief-of-office') === chief,
        ),
      (due) =>
        `${id} was to ask at ${due.map(({ at }) => on(at)).join()}, asked at ${first.map(({ at }) => on(at)).join()}`,
    );
  });
