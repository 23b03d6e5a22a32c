import { type Person } from '../directory/directory';

/** A message as it was composed and kept: all that a channel needs, and the same at every attempt. */
export interface KeptMessage {
  /** Stable identity, by which a receiver tells a duplicate: of a mail its Message-ID. */
  readonly key: string;
  readonly address: string;
  /** The reader's name. */
  readonly name: string;
  readonly language: 'vi' | 'en';
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * A way to reach people outside the page. A new one (SMS, a chat) implements these four and is given to the worker; for
 * the rungs of working rules to name it, its name joins `channels` of the ladder rules.
 */
export interface Channel {
  /** Stable: it is kept with each message. */
  readonly name: string;
  /** Where this person is reached; `null`: not through this channel. */
  addressOf(person: Person): string | null;
  /** The key of the message with this id. */
  keyOf(id: string): string;
  /**
   * Hands a kept message over, once per call.
   * @returns what the other side said, for the record
   * @throws PermanentFailure when no other attempt could succeed; anything else is tried again
   */
  handOver(message: KeptMessage, signal: AbortSignal): Promise<string>;
  /** Lets go of connections. */
  close(): Promise<void>;
}
