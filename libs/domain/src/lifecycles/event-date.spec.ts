import { isRefusal, type Refusal } from '@dondoc/workflow';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type ActFacts } from './act-facts';
import * as acts from './directive-acts';
import { begun, deadline as kept } from './directive.updates';
import { type DirectiveContext } from './directive.types';
import { planDeadlineOrEvent } from './event-date';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const facts: ActFacts = {
  now: at('2026-11-03T09:00'),
  calendar: sampleCalendar,
  rules: defaultWorkingRules(),
  directory: sampleOffice().directory,
};
const by = 'vanthu';

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

const waiting = (openPhrase: string | null): DirectiveContext =>
  begun(
    sound(
      acts.planAssignment(
        { lead: ['kinh-te'], sourceDate: '2026-11-02', trackingOfficer: by, deadline: null, openPhrase },
        {
          ...facts,
          rules: { ...facts.rules, defaultDeadline: { ...facts.rules.defaultDeadline, value: [] } },
        },
      ),
    ),
  );

function after(context: DirectiveContext, eventOn: string, now = facts.now): DirectiveContext {
  const event = sound(planDeadlineOrEvent(context, { by, eventOn }, { ...facts, now }));
  return { ...context, ...kept({ context, event: { ...event, at: now } }) };
}

describe('a deadline that waits for an event', () => {
  const words = 'gửi tài liệu chậm nhất 5 ngày làm việc trước kỳ họp';

  it('stays open, and the clerk is reminded of it', () => {
    const context = waiting(words);
    expect(context.deadline).toBeNull();
    expect(context.ladder.rungs[0]).toMatchObject({ kind: 'prompt', to: ['tracking-officer'] });
  });

  it('becomes a day when the day of the event is known, and says how', () => {
    const { deadline, ladder } = after(waiting(words), '2026-12-08');
    expect(deadline).toMatchObject({ at: at('2026-12-01T17:00'), phrase: words, eventOn: '2026-12-08' });
    expect(deadline?.basis).toContain('đếm lùi từ ngày diễn ra, thứ Ba 08/12/2026');
    expect(ladder.rungs.map(({ kind }) => kind)).not.toContain('prompt');
  });

  it('moves when that day is corrected, earlier or later; the first deadline is remembered', () => {
    const first = after(waiting(words), '2026-12-08');
    for (const [eventOn, due] of [
      ['2026-12-15', '2026-12-08T17:00'],
      ['2026-11-27', '2026-11-19T17:00'],
    ] as const) {
      const corrected = after(first, eventOn, at('2026-11-10T08:00'));
      expect(corrected.deadline).toMatchObject({ at: at(due), eventOn });
      expect(corrected.originalDeadline).toBe(at('2026-12-01T17:00'));
      expect(corrected.ladder.rungs.every(({ at: fires }) => fires >= at('2026-11-10T08:00'))).toBe(true);
    }
  });

  it.each([
    ['a day that is none', { eventOn: '2026-02-30' }, words, 'not-a-date', 'eventOn'],
    ['words that wait for nothing', { eventOn: '2026-12-08' }, 'khẩn trương', 'no-event-awaited', 'eventOn'],
    ['no words at all', { eventOn: '2026-12-08' }, null, 'no-event-awaited', 'eventOn'],
    [
      'an event that makes it due before its source',
      { eventOn: '2026-11-04' },
      words,
      'deadline-before-source',
      'eventOn',
    ],
    ['years beyond any calendar', { eventOn: '9999-12-31' }, words, 'beyond-calendar', 'eventOn'],
    ['neither day', {}, words, 'deadline-or-event', 'deadline.date'],
    [
      'both days',
      { eventOn: '2026-12-08', deadline: { date: '2026-12-01' } },
      words,
      'deadline-or-event',
      'deadline.date',
    ],
  ])('refuses %s', (_what, named, phrase, code, field) => {
    const refused = planDeadlineOrEvent(waiting(phrase), { by, ...named }, facts);
    expect(refused).toMatchObject({ code, field });
  });
});
