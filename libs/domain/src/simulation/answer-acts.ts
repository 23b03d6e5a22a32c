import { type Act, type ActOf } from './scenario';

/** Acts on the newest explanation of a directive. */
export type OnExplanation = ActOf<
  'submit-explanation' | 'ask-again' | 'accept-explanation' | 'withdraw-explanation'
>;
export type OnConsultation = ActOf<'reply' | 'withdraw-consultation'>;
/** Acts on the report of a period of a standing directive. */
export type OnPeriod = ActOf<'report-period' | 'accept-period' | 'send-back-period'>;

/** What people ask of each other. */
export type AnswerAct =
  | OnExplanation
  | OnConsultation
  | OnPeriod
  | ActOf<
      'demand-explanation' | 'consult' | 'delegate' | 'end-delegation' | 'give-standing' | 'end-standing'
    >;

/** All of them: an act that is missing does not compile. */
const answerActs: Readonly<Record<AnswerAct['act'], true>> = {
  'demand-explanation': true,
  'submit-explanation': true,
  'ask-again': true,
  'accept-explanation': true,
  'withdraw-explanation': true,
  consult: true,
  reply: true,
  'withdraw-consultation': true,
  delegate: true,
  'end-delegation': true,
  'give-standing': true,
  'end-standing': true,
  'report-period': true,
  'accept-period': true,
  'send-back-period': true,
};

export const isAnswerAct = (act: Act): act is AnswerAct => Object.hasOwn(answerActs, act.act);
