import { type Actor } from '../audit/audit-entry';

/** Roles as offices held give them. */
export type CallerRole = 'clerk' | 'staff' | 'agency-head' | 'vice-chair' | 'chair' | 'administrator';

export interface CallerOffice {
  readonly role: CallerRole;
  readonly agency: string | null;
  /** Whether the agency is the Office, whose head is its Chief (Chánh Văn phòng). */
  readonly ofOffice: boolean;
  /** The person in whose place the caller holds it, by delegation. */
  readonly onBehalfOf: string | null;
}

/** Who is asking, with the offices held on the business date of the request. */
export interface Caller {
  readonly organization: string;
  /** IANA zone of the organization. */
  readonly zone: string;
  readonly account: string;
  readonly person: string;
  readonly name: string;
  readonly offices: readonly CallerOffice[];
  /** Of a chair: leaders who hold no office any more. What was put before them waits for the chair. */
  readonly leftToChair?: readonly string[];
  /** Of a token: what it may be used for. Absent for whoever has logged in, who may do all that the offices allow. */
  readonly scopes?: readonly string[];
}

export function holds(caller: Caller, ...roles: readonly CallerRole[]): boolean {
  return caller.offices.some((office) => roles.includes(office.role));
}

/** The agencies for which the caller is staff or head. */
export function agenciesOf(caller: Caller): string[] {
  const own = caller.offices.filter(({ role }) => role === 'staff' || role === 'agency-head');
  return [...new Set(own.flatMap(({ agency }) => (agency === null ? [] : [agency])))];
}

/** Everyone who has delegated to the caller. */
const principalsOf = ({ offices }: Caller): string[] =>
  offices.flatMap(({ onBehalfOf }) => (onBehalfOf === null ? [] : [onBehalfOf]));

/** The caller, and everyone in whose place the caller acts. */
export function personsOf(caller: Caller): string[] {
  return [...new Set([caller.person, ...principalsOf(caller), ...(caller.leftToChair ?? [])])];
}

/** Who acts, for the audit trail. */
export function actorOf(caller: Caller): Actor {
  const onBehalfOf = principalsOf(caller).filter((person) => person !== caller.person);
  return { account: caller.account, person: caller.person, onBehalfOf: [...new Set(onBehalfOf)] };
}
