import { agenciesOf, holds, personsOf, type Caller, type CallerOffice } from '../accounts/caller';

/** What people do with a directive. Whether its present state takes it is the machine's answer. */
export const directiveActs = [
  'accept',
  'return',
  'reassign',
  'set-deadline',
  'extend',
  'report',
  'verify',
  'send-back',
  'urge',
  'cancel',
] as const;
export type DirectiveAct = (typeof directiveActs)[number];

/** Whom one directive points at. */
export interface DirectiveRelations {
  /** The lead, and the agency that does its work now where the lead was abolished. */
  readonly leads: readonly string[];
  readonly coordinating: readonly string[];
  readonly assigningLeader: string | null;
  readonly trackingOfficer: string | null;
}

/** On whose strength somebody acts: their own (`null`) or another's, by delegation. */
export interface Permission {
  readonly onBehalfOf: string | null;
}

type Test = (office: CallerOffice, person: string, relations: DirectiveRelations) => boolean;

const ofLead: Test = ({ role, agency }, _person, { leads }) =>
  (role === 'staff' || role === 'agency-head') && agency !== null && leads.includes(agency);
const isClerk: Test = ({ role }) => role === 'clerk';
const isChair: Test = ({ role }) => role === 'chair';
const isTracking: Test = (_office, person, { trackingOfficer }) => person === trackingOfficer;
const isAssigning: Test = (_office, person, { assigningLeader }) => person === assigningLeader;
const any =
  (...tests: readonly Test[]): Test =>
  (...args) =>
    tests.some((test) => test(...args));

/**
 * Role × agency × relation. Time, change of lead's plan and cancellation belong to the leaders who gave the directive;
 * the Office follows, urges and verifies. That the reporter never verifies is the machine's own rule.
 */
const permitted: Readonly<Record<DirectiveAct, Test>> = {
  accept: ofLead,
  return: ofLead,
  report: ofLead,
  reassign: any(isClerk, isTracking, isAssigning, isChair),
  'set-deadline': any(isClerk, isTracking, isAssigning, isChair),
  urge: any(isClerk, isTracking, isAssigning, isChair),
  verify: any(isClerk, isTracking, isAssigning),
  'send-back': any(isClerk, isTracking, isAssigning),
  extend: any(isAssigning, isChair),
  cancel: any(isAssigning, isChair),
};

/** Why the caller may do this, or null. One's own office goes before one that is held for somebody else. */
export function permissionTo(
  act: DirectiveAct,
  caller: Caller,
  relations: DirectiveRelations,
): Permission | null {
  const own = [...caller.offices].sort(
    (a, b) => Number(a.onBehalfOf !== null) - Number(b.onBehalfOf !== null),
  );
  const found = own.find((office) => permitted[act](office, office.onBehalfOf ?? caller.person, relations));
  return found ? { onBehalfOf: found.onBehalfOf } : null;
}

/** Clerks, leaders and administrators see everything of their organization; agencies what is theirs. */
export function seesAll(caller: Caller): boolean {
  return holds(caller, 'clerk', 'vice-chair', 'chair', 'administrator');
}

export function maySee(caller: Caller, relations: DirectiveRelations): boolean {
  if (seesAll(caller)) return true;
  const agencies = agenciesOf(caller);
  const persons = personsOf(caller);
  return (
    [...relations.leads, ...relations.coordinating].some((agency) => agencies.includes(agency)) ||
    [relations.assigningLeader, relations.trackingOfficer].some(
      (person) => person !== null && persons.includes(person),
    )
  );
}
