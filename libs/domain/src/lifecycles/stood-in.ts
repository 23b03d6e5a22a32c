import { type Bilingual } from '@dondoc/workflow';

/** A reminder went to others, for nobody holds the role that it is meant for: told for the history only. */
export interface StoodIn {
  readonly type: 'stood-in';
  readonly subject: string;
  readonly rung: string | null;
  readonly article: string | null;
  readonly standIns: readonly (Bilingual & { readonly person: string })[];
}
