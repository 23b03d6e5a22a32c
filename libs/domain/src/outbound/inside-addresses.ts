import { BlockList, isIP } from 'node:net';

/**
 * Addresses that are not of the Internet: of this machine, of a network inside, of its neighbours, of the data that a cloud
 * tells its machines, for documentation, for many at once (IANA special-purpose address registries, RFC 6890).
 */
const special4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** Of IPv6 only what is given out is of the Internet (2000::/3), without what leads elsewhere or carries another address in it. */
const given6 = ['2000::/3'];
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** A network in CIDR form, or one address. Null: neither. */
function networkOf(
  text: string,
): { readonly address: string; readonly prefix: number; readonly type: 'ipv4' | 'ipv6' } | null {
  const [address = '', length, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return null;
  const most = family === 4 ? 32 : 128;
  const prefix = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (prefix < 0 || prefix > most) return null;
  return { address, prefix, type: family === 4 ? 'ipv4' : 'ipv6' };
}

export const isNetwork = (text: string): boolean => networkOf(text) !== null;

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of networks) {
    const network = networkOf(text);
    if (!network) throw new Error(`${text} is no network`);
    list.addSubnet(network.address, network.prefix, network.type);
  }
  return list;
}

const [inside4, open6, inside6] = [listOf(special4), listOf(given6), listOf(special6)];

/** An IPv4 address that is written as one of IPv6 is the IPv4 address. */
const mapped = /^(?:0*:)*:?(?:ffff:)(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether an address is one that nothing outside may lead to. What is no address is. */
function isInside(address: string): boolean {
  const plain = mapped.exec(address)?.[1] ?? address;
  switch (isIP(plain)) {
    case 4:
      return inside4.check(plain, 'ipv4');
    case 6:
      // Also IPv4 within IPv6 in hexadecimal (::ffff:7f00:1), and zones: nothing of them is in 2000::/3.
      return !open6.check(plain, 'ipv6') || inside6.check(plain, 'ipv6');
    default:
      return true;
  }
}

/** Which addresses connections to the outside may lead to. */
export class OutboundPolicy {
  private readonly allowed: BlockList;

  /** @param allowed networks inside to which they may lead all the same, in CIDR form */
  constructor(allowed: readonly string[]) {
    this.allowed = listOf(allowed);
  }

  mayReach(address: string): boolean {
    const plain = (mapped.exec(address)?.[1] ?? address).replace(/%.*$/, '');
    const family = isIP(plain);
    if (family === 0) return false;
    return !isInside(plain) || this.allowed.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  }
}
