import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { readPayload, type DeliveredMessage, type MessagePayload } from '../lifecycles/message-payload';
import { workingDaysBetween } from '../working-time/working-time';
import { agencyName, dayOf, foreseen, listed, personName, spoken, type ForeseenEvent } from './words';

interface Told {
  readonly context: DirectiveContext;
  readonly messages: readonly DeliveredMessage[];
  readonly facts: ActFacts;
}

/** What was said last of one matter, and what it was asked with. */
interface Matter {
  readonly instance: string;
  readonly asked: MessagePayload;
  readonly askedAt: Instant;
  readonly last: MessagePayload;
  readonly lastAt: Instant;
}

/** One for each instance that asked something, in the order of asking; `passing` says nothing of how it stands. */
function mattersOf(
  { messages }: Told,
  asking: MessagePayload['subject'],
  passing: readonly MessagePayload['subject'][],
): readonly Matter[] {
  const family = asking.slice(0, asking.indexOf('-') + 1);
  const known = new Map<string, Matter>();
  for (const { instance, at, payload } of messages) {
    const said = readPayload(payload);
    if (!said.subject.startsWith(family) || passing.includes(said.subject)) continue;
    const before = known.get(instance);
    if (said.subject === asking)
      known.set(instance, { instance, asked: said, askedAt: at, last: said, lastAt: at });
    else if (before) known.set(instance, { ...before, last: said, lastAt: at });
  }
  return [...known.values()];
}

const lateWords = (days: number): Bilingual => ({
  vi: days === 0 ? 'quá hạn chưa đến một ngày làm việc' : `quá hạn ${days} ngày làm việc`,
  en: days === 0 ? 'less than one working day late' : `${days} working ${days === 1 ? 'day' : 'days'} late`,
});

function explanation({ asked, askedAt, last, lastAt }: Matter, facts: ActFacts): Bilingual | null {
  const { calendar, now, directory } = facts;
  const agency = agencyName(directory, asked.facts.lead);
  const leader = personName(directory, asked.by);
  const since = dayOf(askedAt, facts);
  const on = dayOf(lastAt, facts);
  switch (last.subject) {
    case 'explanation-demanded': {
      const due = asked.deadline ?? now;
      if (now < due) {
        const day = spoken(due, facts);
        return {
          vi: `${leader} đã yêu cầu ${agency} giải trình, hạn là ${day.vi}; hiện chưa có giải trình.`,
          en: `${leader} has demanded an explanation of ${agency}, due at ${day.en}; there is none yet.`,
        };
      }
      const late = lateWords(Math.abs(workingDaysBetween(calendar, now, due)));
      return {
        vi: `${leader} đã yêu cầu ${agency} giải trình từ ${since.vi}; đến nay chưa có, ${late.vi}.`,
        en: `${leader} demanded an explanation of ${agency} on ${since.en}; there is none, and it is ${late.en}.`,
      };
    }
    case 'explanation-submitted':
      return {
        vi: `${agency} đã gửi giải trình hôm ${on.vi}; đang chờ ${leader} xem xét.`,
        en: `${agency} submitted its explanation on ${on.en}; it waits for ${leader}.`,
      };
    case 'explanation-accepted':
      return {
        vi: `Giải trình của ${agency} đã được chấp nhận hôm ${on.vi}.`,
        en: `The explanation of ${agency} was accepted on ${on.en}.`,
      };
    default:
      return null;
  }
}

/** Where one opinion stands, as what is said of the agencies of which it is so. */
function opinionWords({ asked, last }: Matter, facts: ActFacts): ((agencies: Bilingual) => Bilingual) | null {
  switch (last.subject) {
    case 'consultation-asked': {
      const until = spoken(asked.deadline ?? facts.now, facts);
      return ({ vi, en }) => ({
        vi: `đang chờ ý kiến của ${vi}, chậm nhất ${until.vi}`,
        en: `the opinion of ${en} is awaited by ${until.en}`,
      });
    }
    case 'consultation-answered':
      return ({ vi, en }) => ({ vi: `${vi} đã cho ý kiến`, en: `${en} gave an opinion` });
    case 'consultation-deemed-consent':
      return ({ vi, en }) => ({
        vi: `${vi} không trả lời trong thời gian quy định, coi như đồng ý`,
        en: `${en} did not answer in time, which counts as consent`,
      });
    case 'consultation-late':
      return ({ vi, en }) => ({
        vi: `${vi} chưa cho ý kiến dù đã hết thời gian`,
        en: `${en} did not answer in time`,
      });
    default:
      return null;
  }
}

/** Asked again, an agency's newest answer counts. */
const opinionsOf = (told: Told): readonly Matter[] =>
  [
    ...new Map(
      mattersOf(told, 'consultation-asked', []).map((one) => [one.asked.facts.coordinating[0], one]),
    ).values(),
    // Nobody is told when a directive needs no opinion any more.
  ].filter(
    ({ instance, last }) =>
      last.subject !== 'consultation-asked' || told.context.consultations.includes(instance),
  );

const askedOf = ({ asked }: Matter, { directory }: ActFacts): string =>
  agencyName(directory, asked.facts.coordinating[0] ?? '');

/** Agencies of which the same is to be said stand in one clause. */
function opinions(told: Told): readonly Bilingual[] {
  const clauses = new Map<string, { words: (agencies: Bilingual) => Bilingual; agencies: string[] }>();
  for (const one of opinionsOf(told)) {
    const words = opinionWords(one, told.facts);
    if (!words) continue;
    const key = words({ vi: '', en: '' }).vi;
    const clause = clauses.get(key) ?? { words, agencies: [] };
    clause.agencies.push(askedOf(one, told.facts));
    clauses.set(key, clause);
  }
  const said = [...clauses.values()].map(({ words, agencies }) =>
    words({ vi: listed(agencies, 'vi'), en: listed(agencies, 'en') }),
  );
  if (said.length === 0) return [];
  return [
    {
      vi: `Về lấy ý kiến phối hợp: ${said.map(({ vi }) => vi).join('; ')}.`,
      en: `Opinions: ${said.map(({ en }) => en).join('; ')}.`,
    },
  ];
}

const explanationsOf = (told: Told): readonly Matter[] =>
  mattersOf(told, 'explanation-demanded', ['explanation-due', 'explanation-late']);

/** How what was asked of agencies about the directive stands: explanations and opinions, each as sentences. Pure. */
export function spokenMatters(told: Told): readonly Bilingual[] {
  return [...explanationsOf(told).flatMap((one) => explanation(one, told.facts) ?? []), ...opinions(told)];
}

/** What comes of explanations and opinions that are awaited, and when, if nobody answers. Pure. */
export function mattersComeNext(told: Told): readonly ForeseenEvent[] {
  const { facts } = told;
  const comes = ({ asked }: Matter, what: Bilingual): readonly ForeseenEvent[] =>
    asked.deadline === null || asked.deadline <= facts.now
      ? []
      : [foreseen({ at: asked.deadline, article: asked.article, what }, facts.calendar.zone)];
  const isConsent = facts.rules.consultation.value.silence === 'deemed-consent';
  return [
    ...explanationsOf(told)
      .filter(({ last }) => last.subject === 'explanation-demanded')
      .flatMap((one) => {
        const agency = agencyName(facts.directory, one.asked.facts.lead);
        return comes(one, {
          vi: `hết hạn giải trình của ${agency}, báo người yêu cầu`,
          en: `the explanation of ${agency} becomes late, and whoever demanded it is told`,
        });
      }),
    ...opinionsOf(told)
      .filter(({ last }) => last.subject === 'consultation-asked')
      .flatMap((one) => {
        const agency = askedOf(one, facts);
        return comes(
          one,
          isConsent
            ? {
                vi: `hết thời gian cho ý kiến, ${agency} được coi là đồng ý`,
                en: `the time to answer ends, and ${agency} is deemed to consent`,
              }
            : {
                vi: `hết thời gian cho ý kiến của ${agency}`,
                en: `the time of ${agency} to answer ends`,
              },
        );
      }),
  ];
}
