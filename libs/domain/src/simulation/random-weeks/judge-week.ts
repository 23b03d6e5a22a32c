import * as answerInstants from './answer-instants';
import * as answers from './answer-invariants';
import * as directiveInstants from './directive-instants';
import * as directives from './directive-invariants';
import * as escalations from './escalation-invariants';
import { together, type Finding, type Invariant } from './invariant';
import * as ladder from './ladder-invariants';
import { type Look } from './look';
import * as mail from './mail-invariants';
import * as parts from './part-invariants';
import { playWeek, type PlayedWeek } from './played-week';
import { type RandomWeek } from './random-week';
import * as runtime from './runtime-invariants';

/** Hold whenever anybody looks. */
const always: Readonly<Record<string, (look: Look) => Finding>> = {
  'one lead': directives.hasOneLead,
  'overdue exactly as defined': directives.isOverdueAsDefined,
  'a part is due with its whole, and does not outlive it': directives.followsItsParent,
  'a directive knows what is open about it': directives.knowsWhatIsOpen,
  'an escalation stands nowhere beyond its time': escalations.passesOnInTime,
};

/** Hold of a whole week. */
export const invariantsOfAWeek: Readonly<Record<string, Invariant>> = {
  'history holds each crossing': directives.recordsEachCrossing,
  'never closed with an open child': directives.closesAfterItsChildren,
  'who judges is not who did': directives.judgesNobodyTheirOwn,
  'deadlines move by people, the first is kept': directives.keepsItsDeadlines,
  'more time is not granted by silence': directives.grantsNothingBySilence,
  'a directive ends by people': directives.endsByPeople,
  'no rung from before the assignment': ladder.sendsNothingFromBeforeTheAssignment,
  'missed rungs collapse': ladder.collapsesWhatIsDueTogether,
  'no rung twice for one deadline': ladder.repeatsNoRung,
  'no rung forgotten': ladder.forgetsNoRung,
  'rungs at their very instant': ladder.sendsAtTheVeryInstant,
  'rungs in working hours': ladder.urgesInWorkingHours,
  'what is older than the rules goes to the summary': ladder.leavesTheOldToTheSummary,
  'reminders of a report or a missing deadline only while it waits': ladder.remindsWhileItWaits,
  'acknowledged and forgotten comes back, then goes up': escalations.comesBackBeforeItGoesUp,
  'decided by whom it reached': escalations.isDecidedByWhomItReached,
  'a decision is carried out': escalations.carriesOutWhatIsDecided,
  'silence means what the rules say': answers.takesSilenceAsTheRulesSay,
  'lateness of an answer told once': answers.tellsLatenessOnce,
  'answers reminded of once, in working hours': answers.remindsOfAnswersOnce,
  'every period asked for once': answers.asksForEveryPeriodOnce,
  'the absent are sent nothing': answers.sendsTheAbsentNothing,
  'nobody home is not silence': answers.reachesSomebody,
  'near due when the rules say': directiveInstants.isNearWhenTheRulesSay,
  'history holds becoming near due': directiveInstants.recordsBecomingNear,
  'words that count from receipt': directiveInstants.countsFromReceipt,
  'silence beyond the return window': directiveInstants.endsTheReturnWindow,
  'the day that was named': directiveInstants.keepsTheDayThatWasNamed,
  'the time that was left': directiveInstants.goesOnByWhatWasLeft,
  'a part due before its whole': directiveInstants.isDueBeforeItsWhole,
  'reminders to verify in time': directiveInstants.remindsToVerifyInTime,
  'a missing deadline asked for in time': directiveInstants.asksForTheDeadlineInTime,
  'an escalation moves in time': answerInstants.movesInTime,
  'requests for more time reminded of in time': answerInstants.remindsOfRequestsInTime,
  'opinions awaited as long as the rules say': answerInstants.awaitsOpinionsInTime,
  'explanations in time': answerInstants.asksForExplanationsInTime,
  'reports of periods in time': answerInstants.asksForReportsInTime,
  'delegations for their days': answerInstants.delegatesForItsDays,
  'a part is one directive below': parts.becomesOneDirective,
  'above and below agree in the end': parts.agreesInTheEnd,
  'a part ordered before its whole': parts.isOrderedBeforeItsWhole,
  'stopped by its own people, it goes on by their word': parts.waitsForItsOwnWord,
  'mail leaves in working hours': mail.leavesInWorkingHours,
  'one message per person and moment': mail.leavesTogetherAndOnce,
  'mail leaves at its moment': mail.leavesAtItsMoment,
  'nobody is told who has left': mail.tellsNobodyWhoLeft,
  'digests on their days': mail.writesDigestsOnTheirDays,
  'a refusal changes nothing': runtime.changesNothingByRefusal,
  'nothing left behind': runtime.leavesNothingBehind,
  'histories replay': runtime.replays,
};

export const invariantNames: readonly string[] = [...Object.keys(always), ...Object.keys(invariantsOfAWeek)];

export interface JudgedWeek {
  readonly played: PlayedWeek;
  readonly findings: ReadonlyMap<string, Finding>;
}

/** Plays a week and judges it by every invariant. */
export async function judgeWeek(week: RandomWeek): Promise<JudgedWeek> {
  const findings = new Map<string, Finding>();
  const found = (name: string, finding: Finding): void => {
    const before = findings.get(name);
    findings.set(name, before ? together([before, finding]) : finding);
  };
  const played = await playWeek(week, (look) => {
    for (const [name, judge] of Object.entries(always)) found(name, judge(look));
  });
  for (const office of [played, ...(played.below ? [played.below] : [])])
    for (const [name, judge] of Object.entries(invariantsOfAWeek)) found(name, judge(office));
  return { played, findings };
}

/** What is not as it has to be, by invariant; empty where all holds. */
export function brokenIn({ findings }: JudgedWeek): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    [...findings]
      .filter(([, { broken }]) => broken.length > 0)
      .map(([name, { broken }]) => [name, broken.slice(0, 3)]),
  );
}
