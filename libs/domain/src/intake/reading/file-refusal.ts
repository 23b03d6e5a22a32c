import { refusal, type Refusal } from '@dondoc/workflow/lifecycle/refusal';

/** A refusal about the file itself. */
export function refuse(code: string, vi: string, en: string): Refusal {
  return refusal(code, { vi, en }, { field: 'file' });
}
