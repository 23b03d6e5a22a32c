import { hash, verify } from '@node-rs/argon2';

/** OWASP's second recommendation for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2id with its parameters inside the text. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Hash of no password that anybody has: an unknown log-in takes as long to refuse as a known one. */
const nobody = hash('no account has this password', cost);

export async function passwordMatches(kept: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobody), password);
  return typeof kept === 'string' && matches;
}
