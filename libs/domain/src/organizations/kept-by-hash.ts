/** A value made from stored rows, with the hash that the database computed of those rows. */
interface Kept {
  readonly hash: string;
  readonly value: object;
}

/** More than what one process works with at a time; what was not asked for longest goes first. */
const MOST = 300;

const kept = new Map<string, Kept>();

/**
 * What was made of the same rows before in this process, or what `read` makes of them now. Whoever asks has just been shown
 * the hash in their own transaction, behind the organization's own wall: so nothing kept here is ever older than, or of
 * another organization than, what stands there.
 * @param name of the rows, with the organization
 */
export async function keptByHash<T extends object>(
  name: string,
  hash: string,
  read: () => Promise<{ readonly hash: string; readonly value: T }>,
): Promise<T> {
  const known = kept.get(name);
  const { value, ...mark } = known?.hash === hash ? (known as Kept & { readonly value: T }) : await read();
  kept.delete(name);
  kept.set(name, { ...mark, value });
  const [oldest] = kept.keys();
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
  return value;
}
