import { type FaultPoint } from '@dondoc/workflow/durable/index';

/** What a worker under test is told when it is made. */
export interface Assignment {
  readonly databaseUrl: string;
  readonly queue: { readonly url: string; readonly prefix: string };
  readonly organization: string;
  /** Whether it has a projection, so that every send goes under locks. */
  readonly projects?: boolean;
}

/** What its parent asks of it later. */
export type Order =
  | {
      readonly do: 'trouble';
      readonly point: FaultPoint;
      /** The how-manieth time, from now, that the point is reached. */
      readonly nth: number;
      readonly act: 'kill' | 'hang' | 'throw';
    }
  | { readonly do: 'run' }
  /** `shared`: by sends that share commits; otherwise each in a transaction of its own. */
  | { readonly do: 'touch'; readonly instances: readonly string[]; readonly shared: boolean }
  | { readonly do: 'stop' };

/** What it says. */
export type Report =
  | { readonly said: 'prepared'; readonly now: number }
  | { readonly said: 'running' }
  | { readonly said: 'halted' }
  | { readonly said: 'touched'; readonly instance: string };
