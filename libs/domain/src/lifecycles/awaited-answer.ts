import { type Instant } from '@dondoc/workflow';
import { type Audience } from '../directory/audience';
import { type PlannedRung } from '../working-rules/climb';
import { type MessageSubject } from './message-payload';

/** Until when something that was asked for is awaited. */
export interface AnswerDue {
  /** From this instant on the answer is late. */
  readonly at: Instant;
  /** Those still to come, in order. */
  readonly reminders: readonly PlannedRung[];
  /** Article of the working rules that states the time; null when a person named the day. */
  readonly article: string | null;
  /** `id@version` of the working calendar it was counted with. */
  readonly calendar: string;
}

/** To whom news goes: audiences, or those whom the next reminder names. */
export interface AnswerNews {
  readonly subject: MessageSubject;
  readonly to: readonly Audience[] | 'reminder';
}

export function afterReminder(due: AnswerDue): AnswerDue {
  return { ...due, reminders: due.reminders.slice(1) };
}

const notify = <TNews extends AnswerNews>(params: TNews) => ({ type: 'notify', params }) as const;

/**
 * The regions of a state in which an answer is awaited, for any lifecycle that asks for one: how its time stands, and
 * what is sent about it. The machine binds the names: guards `hasReminder`, `answerIsLate`; delays `answerDue`, `nextReminder`; actions
 * `notify`, `passReminder`.
 */
export const awaitedAnswer = (reminder: MessageSubject, late: AnswerNews) =>
  ({
    time: {
      initial: 'judging',
      states: {
        judging: { always: [{ guard: 'answerIsLate', target: 'late' }, { target: 'within' }] },
        within: { after: { answerDue: { target: 'late', actions: notify(late) } } },
        late: {},
      },
    },
    reminders: {
      initial: 'choosing',
      states: {
        choosing: { always: [{ guard: 'hasReminder', target: 'waiting' }, { target: 'atRest' }] },
        waiting: {
          after: {
            nextReminder: {
              target: 'choosing',
              actions: [notify({ subject: reminder, to: 'reminder' }), 'passReminder'],
            },
          },
        },
        atRest: {},
      },
    },
  }) as const;
