/** What counts as one address: an IPv6 customer has a whole /64 to ask from. */
export function networkOf(address: string | null | undefined): string {
  const plain = (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  return groupsOf(plain).slice(0, 4).join(':');
}

/** The eight groups, those that `::` stands for written out. */
function groupsOf(address: string): string[] {
  const [before = '', after] = address.toLowerCase().replace(/%.*$/, '').split('::', 2);
  const [first, last] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const left = after === undefined ? 0 : 8 - (first?.length ?? 0) - (last?.length ?? 0);
  const groups = [...(first ?? []), ...Array.from({ length: Math.max(0, left) }, () => '0'), ...(last ?? [])];
  return groups.map((group) => group.replace(/^0+(?=.)/, ''));
}
