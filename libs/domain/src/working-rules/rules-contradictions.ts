import { type Bilingual } from '@dondoc/workflow';
import { type Ladder, type Reminder } from './ladder-rules';
import { countsFor, directiveKinds, urgencies, type DirectiveMatter } from './rule-values';
import { type AuthoredRules, type WorkingRules } from './rules-form';

/** What is wrong between the values of rules that are each well formed, with the path of the field to mend. */
export interface Contradiction extends Bilingual {
  readonly path: readonly (string | number)[];
}

type Path = Contradiction['path'];

const everyMatter: readonly DirectiveMatter[] = directiveKinds.flatMap((kind) =>
  urgencies.map((urgency) => ({ kind, urgency })),
);

const repeated = <T>(list: readonly T[], index: number, same: (a: T, b: T) => boolean): boolean => {
  const item = list[index];
  return item !== undefined && list.findIndex((other) => same(other, item)) !== index;
};

/** Everything that contradicts itself in rules of the right form. Pure. */
export function contradictionsIn(rules: WorkingRules): readonly Contradiction[] {
  return [
    ...ladderForEachMatter(rules),
    ...oneDefaultForEachMatter(rules),
    ...levelsEndAtTheTop(rules),
    ...rules.ladders.flatMap((ladder, index) => rungsAreSound(rules, ladder, index)),
    ...messagesAreSound(rules.verification.value.rungs, ['verification', 'value', 'rungs']),
    ...messagesAreSound(rules.explanation.value.rungs, ['explanation', 'value', 'rungs']),
    ...namesAreUnique(rules),
    ...reportsAreDueInTheirPeriod(rules),
  ];
}

function ladderForEachMatter({ ladders }: WorkingRules): Contradiction[] {
  return everyMatter.flatMap((matter) => {
    const count = ladders.filter((candidate) => countsFor(candidate, matter)).length;
    const { kind, urgency } = matter;
    return count === 1
      ? []
      : [
          {
            path: ['ladders'],
            vi: `loại "${kind}", độ khẩn "${urgency}" phải có đúng một bậc thang đôn đốc, hiện có ${count}`,
            en: `kind "${kind}" with urgency "${urgency}" needs exactly one ladder, and has ${count}`,
          },
        ];
  });
}

function oneDefaultForEachMatter({ defaultDeadline }: WorkingRules): Contradiction[] {
  return everyMatter.flatMap((matter) => {
    const [, second] = [...defaultDeadline.value.entries()].filter(([, one]) => countsFor(one, matter));
    const { kind, urgency } = matter;
    return second
      ? [
          {
            path: ['defaultDeadline', 'value', second[0]],
            vi: `loại "${kind}", độ khẩn "${urgency}" đã có hạn mặc định ở dòng trước`,
            en: `kind "${kind}" with urgency "${urgency}" has a default deadline in an earlier entry`,
          },
        ]
      : [];
  });
}

function levelsEndAtTheTop({ escalationLevels: { value: levels } }: WorkingRules): Contradiction[] {
  return levels.flatMap((level, index) => {
    const path = ['escalationLevels', 'value', index];
    const found: Contradiction[] = [];
    if ((level.acknowledgeWithin === null) !== (index === levels.length - 1))
      found.push({
        path: [...path, 'acknowledgeWithin'],
        vi: 'chỉ cấp cuối cùng để trống thời hạn tiếp nhận',
        en: 'only the last level is without a time to acknowledge',
      });
    if (repeated(levels, index, (a, b) => a.audience === b.audience))
      found.push({
        path: [...path, 'audience'],
        vi: `cấp "${level.audience}" xuất hiện hai lần`,
        en: `level "${level.audience}" appears twice`,
      });
    return found;
  });
}

function messagesAreSound(messages: readonly Pick<Reminder, 'id' | 'offset'>[], path: Path): Contradiction[] {
  return messages.flatMap((one, index) => {
    const found: Contradiction[] = [];
    if (repeated(messages, index, (a, b) => a.id === b.id))
      found.push({
        path: [...path, index, 'id'],
        vi: `bậc "${one.id}" xuất hiện hai lần`,
        en: `rung "${one.id}" appears twice`,
      });
    if ((one.id[1] === '-') !== one.offset.amount < 0)
      found.push({
        path: [...path, index, 'offset', 'amount'],
        vi: `bậc "${one.id}" và khoảng cách ${one.offset.amount} phải cùng phía của hạn`,
        en: `rung "${one.id}" and its offset ${one.offset.amount} have to lie on the same side of the deadline`,
      });
    return found;
  });
}

function rungsAreSound(rules: WorkingRules, { rungs }: Ladder, ladder: number): Contradiction[] {
  const path = ['ladders', ladder, 'rungs'];
  const levels = rules.escalationLevels.value;
  const lost = rungs.flatMap((one, index) =>
    one.kind === 'escalate' && !levels.some((level) => level.audience === one.to[0])
      ? [
          {
            path: [...path, index, 'to'],
            vi: 'bậc trình lãnh đạo phải bắt đầu ở một cấp có trong escalationLevels',
            en: 'an escalation must begin at a level listed in escalationLevels',
          },
        ]
      : [],
  );
  return [...messagesAreSound(rungs, path), ...lost];
}

/** Entries of lists that have the name of an earlier one; asked of a document before anything is inherited as well. */
export function namesAreUnique(rules: AuthoredRules): Contradiction[] {
  return (['ladders', 'periodicReports'] as const).flatMap((list) => {
    const entries: readonly { readonly id: string }[] = rules[list] ?? [];
    return entries.flatMap(({ id }, index) =>
      repeated(entries, index, (a, b) => a.id === b.id)
        ? [
            {
              path: [list, index, 'id'],
              vi: `tên "${id}" xuất hiện hai lần`,
              en: `the name "${id}" appears twice`,
            },
          ]
        : [],
    );
  });
}

function reportsAreDueInTheirPeriod({ periodicReports }: WorkingRules): Contradiction[] {
  return periodicReports.flatMap(({ every, due }, index) =>
    (every === 'week') === (due.in === 'week')
      ? []
      : [
          {
            path: ['periodicReports', index, 'due', 'in'],
            vi: 'báo cáo tuần đến hạn theo thứ trong tuần, báo cáo các kỳ khác theo ngày trong tháng',
            en: 'a weekly report is due on a weekday, every other one on a day of a month',
          },
        ],
  );
}
