import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { type OutboundPolicy } from './inside-addresses';

/** A connection was not made because it would have led inside. */
export class LedInsideError extends Error {
  readonly code = 'LED_INSIDE';

  constructor(host: string) {
    super(`${host} leads to an address inside; if it shall, name it in INSIDE_ADDRESSES_ALLOWED`);
  }
}

export type Resolve = (
  host: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void,
) => void;

const resolveAll: Resolve = (host, options, done) => lookup(host, { ...options, all: true }, done);

/** Of a host as it stands in an address: an IPv6 address has brackets there. */
export const plainHost = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/**
 * Looks up a name for a connection and gives only addresses that it may lead to. The connection goes to what was checked: a
 * name that is answered otherwise the next time (DNS rebinding) gains nothing.
 */
export function checkedLookup(policy: OutboundPolicy, resolve: Resolve = resolveAll): LookupFunction {
  return (host, options, done) => {
    resolve(host, options, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) {
        done(error ?? new Error(`${host} has no address`), '', 4);
        return;
      }
      // One address inside among others outside is how a name is made to pass.
      if (!(addresses ?? []).every(({ address }) => policy.mayReach(address)))
        done(new LedInsideError(host), '', 4);
      else if (options.all === true) done(null, addresses ?? []);
      else done(null, first.address, first.family);
    });
  };
}

/** No name is looked up for what is an address already. @throws LedInsideError */
export function checkLiteral(policy: OutboundPolicy, host: string): void {
  if (isIP(plainHost(host)) !== 0 && !policy.mayReach(plainHost(host))) throw new LedInsideError(host);
}
