import { createMongoAbility, type MongoAbility } from '@casl/ability';
import { type Actor, type Bilingual } from '@dondoc/workflow';
import { personsOf, type Caller, type CallerOffice } from '../accounts/caller';
import { type Acts, type Kind } from './acts';
import { authority } from './authority';
import { type Subjects } from './subjects';
import { type Who } from './who';

/** On whose strength somebody acts: their own (`null`) or another's, by delegation or in the place of one who has left. */
export interface Permission {
  readonly onBehalfOf: string | null;
}

/** Who acts, and in whose place. */
export interface ActingCaller extends Permission {
  readonly caller: Caller;
  readonly actor: Actor;
}

/** One person with the offices held on a day: whoever acts, or somebody in whose place they act. */
export interface Strength extends Permission {
  readonly person: string;
  readonly offices: readonly Pick<CallerOffice, 'role' | 'agency' | 'ofOffice'>[];
}

type Ability = MongoAbility<[string, string | Record<string, unknown>]>;
type Rule = Ability['rules'][number];

/** One's own strength first, then each that is held by delegation, then what leaders who have left were asked. */
function strengthsOf(caller: Caller): readonly Strength[] {
  const { person, offices } = caller;
  const of = (onBehalfOf: string | null): Strength => ({
    onBehalfOf,
    person: onBehalfOf ?? person,
    offices: offices.filter((office) => office.onBehalfOf === onBehalfOf),
  });
  const others = personsOf(caller).filter((one) => one !== person);
  return [of(null), ...others.map(of)];
}

/** What this strength has of what the table grants to some people; null: it is none of them. */
function grant(who: Who, { person, offices, onBehalfOf }: Strength): Pick<Rule, 'conditions'> | null {
  if (who.inPerson === true && onBehalfOf !== null) return null;
  if (who.by === 'person') return { conditions: { [who.field]: { $in: [person] } } };
  const held = offices.filter(
    ({ role, ofOffice }) => who.roles.includes(role) && (who.ofOffice !== true || ofOffice),
  );
  if (who.by === 'role') return held.length > 0 ? {} : null;
  const agencies = held.flatMap(({ agency }) => (agency === null ? [] : [agency]));
  return agencies.length > 0 ? { conditions: { [who.field]: { $in: agencies } } } : null;
}

/** @param only the one act that is asked about; all of them when left out */
function rulesOf(kind: Kind, strength: Strength, only?: string): Rule[] {
  if (kind === 'operation')
    return [
      {
        action: 'call',
        subject: kind,
        conditions: { roles: { $in: strength.offices.map(({ role }) => role) } },
      },
      { action: 'call', subject: kind, inverted: true, conditions: { isWithinScopes: false } },
    ];
  const acts = Object.entries<readonly Who[]>(authority[kind]);
  const asked = only === undefined ? acts : acts.filter(([action]) => action === only);
  return asked.flatMap(([action, allowed]) =>
    allowed.flatMap((who) => {
      const granted = grant(who, strength);
      return granted ? [{ action, subject: kind, ...granted }] : [];
    }),
  );
}

const abilityOf = (kind: Kind, rules: Rule[]) =>
  createMongoAbility<Ability>(rules, { detectSubjectType: () => kind });

/** What one strength may do; rules are made for a kind of thing when it is first asked about. */
class AbilitiesOf {
  private readonly kinds = new Map<Kind, Ability>();

  constructor(readonly strength: Strength) {}

  may(kind: Kind, act: string, subject: object): boolean {
    const ability = this.kinds.get(kind) ?? abilityOf(kind, rulesOf(kind, this.strength));
    this.kinds.set(kind, ability);
    return ability.can(act, subject as Record<string, unknown>);
  }
}

const known = new WeakMap<Caller, readonly AbilitiesOf[]>();

function abilitiesOf(caller: Caller): readonly AbilitiesOf[] {
  const abilities = known.get(caller) ?? strengthsOf(caller).map((strength) => new AbilitiesOf(strength));
  known.set(caller, abilities);
  return abilities;
}

/**
 * Whether one strength alone reaches for an act.
 * @param act may be any event of a lifecycle; what nobody decided about is for nobody
 */
export function reaches(strength: Strength, kind: Kind, act: string, subject: object): boolean {
  return abilityOf(kind, rulesOf(kind, strength, act)).can(act, subject as Record<string, unknown>);
}

/**
 * On whose strength the caller may do this to that, or null: the one place that decides it for requests, lists, exports
 * and live events, and for whatever is sent to a lifecycle. One's own strength goes before one that is held for somebody
 * else. What is not known of the subject counts for nobody.
 */
export function permissionTo<K extends Kind>(
  caller: Caller,
  kind: K,
  act: Acts[K],
  subject: Partial<Subjects[K]>,
): Permission | null {
  const found = abilitiesOf(caller).find((abilities) => abilities.may(kind, act, subject));
  return found ? { onBehalfOf: found.strength.onBehalfOf } : null;
}

/** Who may do this, for whoever may not. */
export function whoMay<K extends Kind>(kind: K, act: Acts[K]): Bilingual {
  return wordsOf(authority[kind][act]);
}

export function wordsOf(who: readonly Who[]): Bilingual {
  return { vi: who.map(({ vi }) => vi).join(', '), en: who.map(({ en }) => en).join(', ') };
}

/**
 * Whether somebody sees everything of their organization: the Office, leaders and administrators; agencies see what is
 * theirs.
 */
export function seesAll(caller: Caller): boolean {
  return permissionTo(caller, 'organization', 'see-all', {}) !== null;
}

export function maySee<K extends (Kind & 'directive') | 'escalation' | 'explanation' | 'extension-request'>(
  caller: Caller,
  kind: K,
  subject: Partial<Subjects[K]>,
): boolean {
  return permissionTo(caller, kind, 'see', subject) !== null;
}
