import { type Audience, audienceWords } from '../directory/audience';
import { type Directory, type Role } from '../directory/directory';
import { holdersOf } from '../directory/offices';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingRules } from './rules-form';
import { type RulesPath, type UnplacedProblem } from './rules-problem';

const held = ({ offices }: Directory, date: CivilDate, ...roles: readonly Role[]): boolean =>
  offices.some(({ role, from, to }) => roles.includes(role) && from <= date && (to === null || date <= to));

/** Whether there is anybody in the organization whom an audience could mean, whatever the directive. */
const somebodyIs: Readonly<Record<Audience, (directory: Directory, date: CivilDate) => boolean>> = {
  'assigned-person': (directory, date) => held(directory, date, 'staff'),
  'lead-staff': (directory, date) => held(directory, date, 'staff'),
  'lead-head': (directory, date) => held(directory, date, 'agency-head'),
  'coordinating-staff': (directory, date) => held(directory, date, 'staff'),
  'coordinating-head': (directory, date) => held(directory, date, 'agency-head'),
  'tracking-officer': (directory, date) => held(directory, date, 'clerk'),
  'chief-of-office': (directory, date) =>
    directory.agencies.some(
      ({ id, isOffice }) => isOffice && holdersOf(directory, 'agency-head', id, date).length > 0,
    ),
  'leader-in-charge': ({ inCharge }, date) =>
    inCharge.some(({ from, to }) => from <= date && (to === null || date <= to)),
  'assigning-leader': (directory, date) => held(directory, date, 'chair', 'vice-chair'),
  chair: (directory, date) => held(directory, date, 'chair'),
  administrator: (directory, date) => held(directory, date, 'administrator'),
};

/** Every audience that the rules name, with the path of the field. */
function named(rules: WorkingRules): { readonly audience: Audience; readonly path: RulesPath }[] {
  const of = (path: RulesPath, messages: readonly { readonly to: readonly Audience[] }[]) =>
    messages.flatMap(({ to }, index) =>
      to.map((audience, place) => ({ audience, path: [...path, index, 'to', place] })),
    );
  return [
    ...rules.ladders.flatMap(({ rungs }, index) => of(['ladders', index, 'rungs'], rungs)),
    ...of(['verification', 'value', 'rungs'], rules.verification.value.rungs),
    ...of(['explanation', 'value', 'rungs'], rules.explanation.value.rungs),
    ...rules.escalationLevels.value.map(({ audience }, index) => ({
      audience,
      path: ['escalationLevels', 'value', index, 'audience'],
    })),
    ...(rules.lateSummary.value?.to ?? []).map((audience, place) => ({
      audience,
      path: ['lateSummary', 'value', 'to', place],
    })),
    { audience: rules.extension.value.approver, path: ['extension', 'value', 'approver'] },
  ];
}

/**
 * Fields of the rules that name a role which nobody in the organization holds on a day: what is sent there would always
 * have to be sent to somebody else.
 */
export function rolesNobodyHolds(
  rules: WorkingRules,
  directory: Directory,
  date: CivilDate,
): readonly UnplacedProblem[] {
  return named(rules)
    .filter(({ audience }) => !somebodyIs[audience](directory, date))
    .map(({ audience, path }) => ({
      code: 'nobody-holds-role',
      path,
      vi: `ngày ${date} chưa có ai là ${audienceWords[audience].vi}`,
      en: `on ${date} nobody is ${audienceWords[audience].en}`,
    }));
}
