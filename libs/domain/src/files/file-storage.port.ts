/** Where the bytes of files lie. Named by content: the same bytes are kept once, and a name says nothing of the file. */
export interface FileStorage {
  /** Keeps the bytes and answers their name, the SHA-256 in hex. Keeping them again changes nothing. */
  keep(bytes: Uint8Array): Promise<string>;
  /** @throws when there are no such bytes, or when they are not what their name says. */
  read(sha256: string): Promise<Uint8Array>;
  readonly quota: FileQuota;
}

/** How much may be kept, in bytes; the same content counts once. 0: no limit. */
export interface FileQuota {
  /** Of one organization. */
  readonly organization: number;
  /** Of what one person has sent. */
  readonly person: number;
}
