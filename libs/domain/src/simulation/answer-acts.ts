import { type ActOf } from './scenario';

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
