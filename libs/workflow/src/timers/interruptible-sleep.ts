/** A sleep that a signal ends, also a signal that came since the last `reset` while nobody slept. */
export class InterruptibleSleep {
  private signalled = false;
  private awake: (() => void) | null = null;

  reset(): void {
    this.signalled = false;
  }

  signal(): void {
    this.signalled = true;
    this.awake?.();
  }

  sleep(milliseconds: number): Promise<void> {
    if (this.signalled) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timeout);
        this.awake = null;
        resolve();
      };
      const timeout = setTimeout(wake, milliseconds);
      this.awake = wake;
    });
  }
}
