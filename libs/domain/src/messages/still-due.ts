import { agencyInForce } from '../directory/agencies';
import { type Directory } from '../directory/directory';
import { type MessageDetails } from '../inbox/keep-messages';
import { type CivilDate } from '../working-time/civil-date';

/** A message that waits to leave, with what it is about as that stands now. */
export interface WaitingMessage {
  readonly subject: string;
  readonly details: Pick<MessageDetails, 'rung' | 'lead'>;
  readonly directive: { readonly leadId: string; readonly state: string } | null;
  /** State of what was asked or raised, where the message is of it. */
  readonly matter: string | null;
}

/** What the rules send of a matter by themselves, and in which of its states there is still something to do. */
const waits: Readonly<Record<string, readonly string[]>> = {
  'escalation-raised': ['raised', 'acknowledged', 'held'],
  'escalation-forgotten': ['raised', 'acknowledged', 'held'],
  'explanation-due': ['demanded'],
  'explanation-late': ['demanded'],
  'consultation-late': ['asked', 'late'],
  'extension-waiting': ['awaiting-head', 'requested', 'held'],
  'obligation-due': ['awaited'],
  'obligation-late': ['awaited'],
};

/** Reminders to verify speak of a report that waits; all others of work that nobody has reported. */
function isRungDue({ rung }: Pick<MessageDetails, 'rung'>, state: string): boolean {
  if (rung?.startsWith('V') === true) return state === 'reported';
  return !['reported', 'suspended', 'closed', 'cancelled', 'replaced'].includes(state);
}

/**
 * Whether a message helps its reader now. A reminder of what was done, ended or suspended meanwhile does not, nor does
 * an escalation that was decided. Whoever leads the directive meanwhile is told by messages of their own; a successor
 * is the same lead. News of what somebody did stays true. Pure.
 */
export function isStillDue(
  { subject, details, directive, matter }: WaitingMessage,
  directory: Pick<Directory, 'agencies'>,
  date: CivilDate,
): boolean {
  const states = waits[subject];
  if (states !== undefined && matter !== null && !states.includes(matter)) return false;
  if (directive === null || (subject !== 'rung' && subject !== 'assigned')) return true;
  const leads = (agency: string) => agencyInForce(directory, agency, date)?.id ?? agency;
  if (details.lead !== undefined && leads(details.lead) !== leads(directive.leadId)) return false;
  return subject !== 'rung' || isRungDue(details, directive.state);
}
