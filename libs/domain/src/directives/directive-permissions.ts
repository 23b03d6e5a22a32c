import { type Actor, type Bilingual } from '@dondoc/workflow';
import { agenciesOf, holds, personsOf, type Caller, type CallerOffice } from '../accounts/caller';

/** What people do with a directive. Whether its present state takes it is the machine's answer. */
export const directiveActs = [
  'accept',
  'return',
  'assign-person',
  'hand-on',
  'request-extension',
  'report',
  'approve-report',
  'return-report',
  'reassign',
  'transfer',
  'set-deadline',
  'extend',
  'verify',
  'send-back',
  'urge',
  'suspend',
  'propose-resumption',
  'resume',
  'replace',
  'move-rules',
  'cancel',
] as const;
export type DirectiveAct = (typeof directiveActs)[number];

/** The event that the machine has to have a place for; requesting is an instance of its own, of which it is told. */
export function eventOf(act: DirectiveAct): string {
  return act === 'request-extension' ? 'extension-requested' : act;
}

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

/** Who acts, and in whose place. */
export interface ActingCaller extends Permission {
  readonly caller: Caller;
  readonly actor: Actor;
}

/** Who may, as a test and in words. */
interface Who extends Bilingual {
  readonly test: (office: CallerOffice, person: string, relations: DirectiveRelations) => boolean;
}

const ofLead: Who = {
  test: ({ role, agency }, _person, { leads }) =>
    (role === 'staff' || role === 'agency-head') && agency !== null && leads.includes(agency),
  vi: 'cán bộ của cơ quan chủ trì',
  en: 'staff of the lead agency',
};
const ofLeadHead: Who = {
  test: ({ role, agency }, _person, { leads }) =>
    role === 'agency-head' && agency !== null && leads.includes(agency),
  vi: 'thủ trưởng cơ quan chủ trì',
  en: 'the head of the lead agency',
};
const isClerk: Who = {
  test: ({ role }) => role === 'clerk',
  vi: 'chuyên viên Văn phòng',
  en: 'clerks of the Office',
};
const isChair: Who = { test: ({ role }) => role === 'chair', vi: 'Chủ tịch', en: 'the chair' };
const isTracking: Who = {
  test: (_office, person, { trackingOfficer }) => person === trackingOfficer,
  vi: 'chuyên viên theo dõi',
  en: 'the tracking officer',
};
const isAssigning: Who = {
  test: (_office, person, { assigningLeader }) => person === assigningLeader,
  vi: 'lãnh đạo giao nhiệm vụ',
  en: 'the leader who gave it',
};
const any = (...who: readonly Who[]): Who => ({
  test: (...args) => who.some(({ test }) => test(...args)),
  vi: who.map(({ vi }) => vi).join(', '),
  en: who.map(({ en }) => en).join(', '),
});

const follows = any(isClerk, isTracking, isAssigning, isChair);
const gave = any(isAssigning, isChair);

/**
 * Role × agency × relation. What happens inside the lead agency is its head's; time, the lead, suspension and
 * cancellation belong to the leaders who gave the directive; the Office follows, urges and verifies. That the reporter
 * never verifies is the machine's own rule.
 */
const permitted: Readonly<Record<DirectiveAct, Who>> = {
  accept: ofLead,
  return: ofLead,
  report: ofLead,
  'request-extension': ofLead,
  'assign-person': ofLeadHead,
  'approve-report': ofLeadHead,
  'return-report': ofLeadHead,
  'hand-on': ofLeadHead,
  reassign: follows,
  transfer: follows,
  'set-deadline': follows,
  urge: follows,
  'move-rules': follows,
  verify: any(isClerk, isTracking, isAssigning),
  'send-back': any(isClerk, isTracking, isAssigning),
  'propose-resumption': any(ofLead, isClerk, isTracking),
  extend: gave,
  suspend: gave,
  resume: gave,
  replace: gave,
  cancel: gave,
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
  const found = own.find((office) =>
    permitted[act].test(office, office.onBehalfOf ?? caller.person, relations),
  );
  return found ? { onBehalfOf: found.onBehalfOf } : null;
}

/** Who may do this, for whoever may not. */
export function whoMay(act: DirectiveAct): Bilingual {
  const { vi, en } = permitted[act];
  return { vi, en };
}

/** Whether the caller works in the agency that leads it, or stands in for somebody who does. */
export function isOfLead(caller: Caller, relations: DirectiveRelations): boolean {
  return caller.offices.some((office) => ofLead.test(office, office.onBehalfOf ?? caller.person, relations));
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
