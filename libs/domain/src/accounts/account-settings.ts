/** How accounts are defended. All of it is technical time, which the sandbox clock does not move. */
export interface AccountSettings {
  /** Longest life of a session, in hours. */
  readonly sessionHours: number;
  /** A session that nobody uses ends after so many minutes. */
  readonly sessionIdleMinutes: number;
  /** In characters. NIST SP 800-63B asks for at least 8, and for 15 where the password is the only factor. */
  readonly passwordMinLength: number;
  /** Whether accounts with known passwords may be used at all. */
  readonly sandbox: boolean;
  /** 32 bytes that second factors are sealed with; null: nobody can set one up. */
  readonly secretsKey: Buffer | null;
}
