/** Counts requests for all processes of an installation together. */
export interface RequestCounter {
  /**
   * Adds to what a subject has asked for in a minute, and answers the sum.
   * @param minute of technical time, since the epoch
   */
  add(subject: string, minute: number, requests: number): Promise<number>;
  close(): Promise<void>;
}
