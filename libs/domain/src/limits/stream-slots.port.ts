/** One place that an open event stream takes, and how many of its kind there may be. */
export interface Slot {
  /** Hash of an account or an address. */
  readonly subject: string;
  readonly most: number;
}

/** An open event stream with the slots it holds. */
export interface OpenStream {
  readonly id: string;
  readonly slots: readonly Slot[];
}

/**
 * Counts open event streams for all processes of an installation together. A slot is held for a while and renewed: those of a
 * process that is gone free themselves.
 */
export interface StreamSlots {
  /** Takes all slots, or none; answers the one that is full. */
  take(stream: OpenStream): Promise<Slot | null>;
  /** Holds on to the slots of all streams that this process has open. */
  renew(streams: readonly OpenStream[]): Promise<void>;
  free(stream: OpenStream): Promise<void>;
  close(): Promise<void>;
}

/** How long a slot is held without being renewed; some three times as long as between two signs of life. */
export const SLOT_SECONDS = 60;
