import { type Bilingual } from '@dondoc/workflow';
import { templateOf } from '../inbox/message-words';
import { type ActFacts } from '../lifecycles/act-facts';
import { readPayload, type DeliveredMessage } from '../lifecycles/message-payload';
import { toldBeside } from './told-beside';
import { agencyName, inSentence, moment, personName, reachedBy, reminderWords } from './words';

/** What is sent by the rules themselves; news of people's acts on the directive stands with the act. */
function sentByRules(subject: string, rung: string | null): Bilingual | null {
  if (subject === 'escalation-raised') return { vi: 'trình', en: 'escalated to' };
  return subject === 'rung' ? reminderWords(rung ?? '') : null;
}

/**
 * A delivered message as one sentence without its end; `null` for news of an act that the directive's own history tells.
 * What comes from beside it (an escalation, an explanation, an opinion, a request) is told by its message, without what
 * people wrote in it: that is for those whom it was sent to.
 */
export function toldMessage(message: DeliveredMessage, directive: string, facts: ActFacts): Bilingual | null {
  const { subject, by, rung, facts: about, deadline } = readPayload(message.payload);
  const people = reachedBy(facts.directory, message);
  const verb = sentByRules(subject, rung);
  if (verb) return { vi: `${verb.vi} ${people.vi}`, en: `${verb.en} ${people.en}` };
  const { kind, heading } = templateOf(subject);
  if (message.instance === directive && kind === 'news') return null;
  const [asked] = about.coordinating;
  const agency = subject.startsWith('consultation') && asked !== undefined ? asked : about.lead;
  const told = toldBeside[subject]?.({
    by: personName(facts.directory, by),
    people,
    agency: agencyName(facts.directory, agency),
    due: deadline === null ? null : moment(deadline, facts.calendar.zone),
  });
  return (
    told ?? {
      vi: `${inSentence(heading.vi)} (gửi ${people.vi})`,
      en: `${inSentence(heading.en)} (to ${people.en})`,
    }
  );
}
