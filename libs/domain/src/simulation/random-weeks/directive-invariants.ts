import { type HistoryEntry } from '@dondoc/workflow';
import { directiveState, hasEnded } from '../../lifecycles/directive-state';
import { type DirectiveContext } from '../../lifecycles/directive.types';
import { type ExtensionRequestContext } from '../../lifecycles/extension-request.types';
import { deriveLateness } from '../../lifecycles/lateness';
import { courseOf, isOverdue, standsAt } from './course';
import { each, keptIn, on, together, type Finding, type Invariant } from './invariant';
import { type Look } from './look';
import { type PlayedWeek } from './played-week';

const directives = (week: PlayedWeek) => keptIn<DirectiveContext>(week.instances, 'directive');
const historyOf = ({ histories }: PlayedWeek, id: string): readonly HistoryEntry[] => histories.get(id) ?? [];

/** At every look: one lead, of this directory, that does not coordinate as well. */
export function hasOneLead(look: Look): Finding {
  return each(
    look.directives,
    ({ context: { lead, coordinating } }) =>
      look.directory.agencies.some(({ id }) => id === lead) && !coordinating.includes(lead),
    ({ name, context }) => `${name} is led by ${context.lead}, with ${context.coordinating.join(', ')}`,
  );
}

/** At every look: overdue exactly as defined, in what lists derive and in what the machine recorded. */
export function isOverdueAsDefined(look: Look): Finding {
  const { now } = look;
  return each(
    look.directives.map((one) => ({
      ...one,
      defined: isOverdue(standsAt(courseOf(one.history), now), now),
      derived: deriveLateness(one, now),
      recorded: directiveState(one.history.at(-1)?.to).time,
    })),
    ({ defined, derived, recorded }) =>
      derived.overdue === defined && (recorded === 'overdue') === defined && derived.time === recorded,
    ({ name, defined, derived, recorded }) =>
      `${name} at ${on(now)}: by definition ${String(defined)}, derived ${JSON.stringify(derived)}, recorded ${String(recorded)}`,
  );
}

/** History holds every crossing of a deadline at the very instant. */
export const recordsEachCrossing: Invariant = (week) =>
  together(
    directives(week).map(({ id }) => {
      const history = historyOf(week, id);
      const crossed = courseOf(history).filter(
        ({ from, until, stands, deadline }) =>
          stands === 'running' &&
          deadline !== null &&
          deadline > from &&
          deadline < until &&
          deadline <= week.office.memory.now,
      );
      return each(
        crossed,
        ({ deadline }) =>
          history.some(({ at, to }) => at === deadline && directiveState(to).time === 'overdue'),
        ({ deadline }) => `${id} passed its deadline ${on(deadline ?? 0)}, and history does not say so`,
      );
    }),
  );

/** Nothing is closed while something that it was handed on as is open. */
export const closesAfterItsChildren: Invariant = (week) => {
  const all = directives(week);
  const endOf = (id: string): HistoryEntry | undefined =>
    historyOf(week, id).find(({ to }) => hasEnded(directiveState(to).work));
  const pairs = all.flatMap((child) => {
    const { parent } = child.context;
    return parent?.organization === null ? [{ child: child.id, parent: parent.directive }] : [];
  });
  return each(
    pairs,
    ({ child, parent }) => {
      const end = endOf(parent);
      const closed = end !== undefined && directiveState(end.to).work === 'closed';
      return !closed || (endOf(child)?.at ?? Number.POSITIVE_INFINITY) <= end.at;
    },
    ({ child, parent }) => `${parent} was closed before ${child}`,
  );
};

/** What is handed on is due with what it is a part of, or earlier, and does not outlive it. */
export function followsItsParent(look: Look): Finding {
  const all = look.directives;
  const pairs = all.flatMap((child) => {
    const above = child.context.parent;
    const parent = all.find(({ id }) => above?.organization === null && id === above.directive);
    return parent && !hasEnded(child.work) ? [{ child, parent }] : [];
  });
  return each(
    pairs,
    ({ child, parent }) =>
      !hasEnded(parent.work) &&
      (child.deadline === null ||
        parent.deadline === null ||
        child.work === 'reported' ||
        child.deadline <= parent.deadline) &&
      child.context.parent?.deadline === parent.deadline,
    ({ child, parent }) =>
      `${child.name} (${child.work}, due ${on(child.deadline ?? 0)}, above ${on(child.context.parent?.deadline ?? 0)}) under ${parent.name} (${parent.work}, due ${on(parent.deadline ?? 0)})`,
  );
}

const hands = ({ event }: HistoryEntry): readonly unknown[] =>
  [event['by'], event['onBehalfOf']].filter((one) => one !== null && one !== undefined);

/** Whoever accepts something had no hand in it: results, explanations, the reports of periods, more time. */
export const judgesNobodyTheirOwn: Invariant = (week) => {
  const judging: Readonly<Record<string, readonly [given: readonly string[], judged: readonly string[]]>> = {
    directive: [['report', 'approve-report'], ['verify']],
    explanation: [['submit'], ['accept']],
    'reporting-obligation': [['report'], ['accept']],
    'extension-request': [['xstate.init', 'approve'], ['decide']],
  };
  return together(
    week.instances.map(({ id, lifecycle }) => {
      const [given, judged] = judging[lifecycle] ?? [[], []];
      let before: unknown[] = [];
      const pairs: { readonly judge: readonly unknown[]; readonly doers: readonly unknown[] }[] = [];
      for (const entry of historyOf(week, id)) {
        const { type } = entry.event;
        if (['send-back', 'ask-again', 'return-report', 'reassign'].includes(type)) before = [];
        const input = entry.event['input'] as { readonly by?: unknown } | undefined;
        if (given.includes(type))
          before.push(...hands(entry), ...(input?.by === undefined ? [] : [input.by]));
        if (judged.includes(type)) pairs.push({ judge: hands(entry), doers: before });
      }
      return each(
        pairs,
        ({ judge, doers }) => doers.length > 0 && !judge.some((one) => doers.includes(one)),
        ({ judge, doers }) => `${lifecycle} ${id}: ${judge.join(', ')} judged what ${doers.join(', ')} did`,
      );
    }),
  );
};

/** The first deadline stays known; it moves only by what somebody did, and by request no more often than the rules say. */
export const keepsItsDeadlines: Invariant = (week) => {
  const most = week.rules.extension.value.atMost ?? Number.POSITIVE_INFINITY;
  return each(
    directives(week),
    ({ id, context }) => {
      const course = courseOf(historyOf(week, id));
      const first = course.find(({ deadline }) => deadline !== null)?.deadline ?? null;
      const onRequest = historyOf(week, id).filter(
        ({ event }) => event.type === 'extend' && event['onRequest'] === true,
      );
      const moved = course
        .filter(({ deadlineSince, from }) => deadlineSince === from)
        .map(({ from }) => from);
      // Silence is a receipt as well: words that count from it become a day then.
      const byPeople = historyOf(week, id).filter(
        ({ kind, event }) => kind !== 'timer' || event.type.includes('returnWindowEnds'),
      );
      return (
        context.originalDeadline === first &&
        context.extensions === onRequest.length &&
        onRequest.length <= most &&
        moved.every((at) => byPeople.some((entry) => entry.at === at))
      );
    },
    ({ id, context }) =>
      `${id}: original ${on(context.originalDeadline ?? 0)}, ${context.extensions} extensions of ${most}`,
  );
};

/** More time is granted by a decision; who decides is reminded, and it goes up, while nobody does. */
export const grantsNothingBySilence: Invariant = (week) => {
  const { now } = week.office.memory;
  return each(
    keptIn<ExtensionRequestContext>(week.instances, 'extension-request'),
    ({ id, value, isOpen, context }) => {
      const granted = historyOf(week, id).filter(({ to }) => to === 'granted');
      const waiting = isOpen ? JSON.stringify(value) : '';
      return (
        granted.every(({ kind, event }) => kind !== 'timer' && event.type === 'decide') &&
        !(waiting.includes('"waiting"') && context.decideBy.remindAt <= now) &&
        !(waiting.includes('"reminded"') && context.decideBy.goUpAt <= now)
      );
    },
    ({ id, value }) => `request ${id} is ${JSON.stringify(value)}`,
  );
};

const idsOf = (all: readonly { readonly id: string }[]): string =>
  all
    .map(({ id }) => id)
    .sort()
    .join(' ');

/** What waits for a decision about a directive is what the directive knows of, and only while it runs. */
export function knowsWhatIsOpen({ directives: all, instances }: Look): Finding {
  const open = (lifecycle: string, directive: string): string =>
    idsOf(
      keptIn<{ readonly directive: string }>(instances, lifecycle).filter(
        ({ isOpen, context }) => isOpen && context.directive === directive,
      ),
    );
  const compared = all.map(({ id, name, work, context }) => {
    const { escalations, extensionRequest, consultations, children } = context;
    const below = [
      ...all.filter(
        ({ context: { parent }, work: part }) =>
          parent?.organization === null && parent.directive === id && !hasEnded(part),
      ),
      ...keptIn<{ readonly directive: string }>(instances, 'remote-part').filter(
        ({ isOpen, context: part }) => isOpen && part.directive === id,
      ),
    ];
    const waiting = [open('escalation', id), open('extension-request', id), open('consultation', id)];
    const known = [idsOf(escalations), extensionRequest ?? '', [...consultations].sort().join(' ')];
    const rungs = escalations.map(({ rung }) => rung);
    return {
      name,
      work,
      waiting,
      known,
      below: idsOf(below),
      children: [...children].sort().join(' '),
      rungs,
    };
  });
  return each(
    compared,
    ({ work, waiting, known, below, children, rungs }) => {
      const isOver = hasEnded(work) || work === 'reported';
      return (
        waiting.join() === (isOver ? ',,' : known.join()) &&
        (hasEnded(work) || below === children) &&
        new Set(rungs).size === rungs.length
      );
    },
    (one) => JSON.stringify(one),
  );
}

/** Both the replaced and the later one tell of it, and nothing but a person's word ends a directive. */
export const endsByPeople: Invariant = (week) => {
  const ends = directives(week).flatMap(({ id }) =>
    historyOf(week, id)
      .filter(({ to }) => hasEnded(directiveState(to).work))
      .slice(0, 1)
      .map((entry) => ({ id, entry })),
  );
  return each(
    ends,
    ({ id, entry }) =>
      ['verify', 'cancel', 'replace'].includes(entry.event.type) &&
      (entry.event.type !== 'replace' ||
        historyOf(week, entry.event['successor'] as string).some(
          ({ event }) => event.type === 'replaces' && event['directive'] === id,
        )),
    ({ id, entry }) => `${id} ended by ${entry.event.type}`,
  );
};
