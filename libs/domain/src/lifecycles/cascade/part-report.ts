import { type HistoryEntry, type Instant } from '@dondoc/workflow';
import { directiveState } from '../directive-state';
import { type ResultDocument } from '../directive.types';
import { type PartReport } from './remote-part.types';

/**
 * What a step of a directive means to the organization that handed it on; what is still inside the lead agency is work
 * under way.
 */
export function partReport(
  told: { readonly directive: string; readonly revision: number; readonly deadline: Instant | null },
  { at, to, event }: Pick<HistoryEntry, 'at' | 'to' | 'event'>,
): PartReport {
  const { work, time } = directiveState(to);
  const left =
    event.type === 'approve-report' || (event.type === 'report' && event['needsApproval'] !== true);
  const result = left ? (event['result'] as unknown as ResultDocument) : null;
  return {
    ...told,
    at,
    work: work === 'awaiting-head' ? 'in-progress' : work,
    overdue: time === 'overdue',
    reason: event.type === 'return' ? ((event['reason'] as string | undefined) ?? null) : null,
    result: result && { number: result.number, date: result.date, summary: result.summary },
  };
}
