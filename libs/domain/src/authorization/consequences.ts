/**
 * What is sent to one thing because of what was decided about another, in the same transaction and by the same person:
 * whoever may suspend a directive suspends what it was handed on as, and whoever decides an escalation may by that extend.
 * Each with what it can follow from.
 */
const follows: Readonly<Record<string, readonly string[]>> = {
  'directive.urge': ['escalation.decide', 'escalation.carry-out'],
  'directive.reassign': ['escalation.decide', 'escalation.carry-out'],
  'directive.extend': [
    ...['escalation.decide', 'escalation.carry-out'],
    ...['extension-request.decide', 'extension-request.carry-out'],
  ],
  'directive.cancel': ['directive.cancel', 'directive.replace', 'directive.reassign'],
  'directive.suspend': ['directive.suspend'],
  'directive.resume': ['directive.resume'],
  'directive.parent-moved': [
    ...['directive.set-deadline', 'directive.extend', 'directive.send-back', 'directive.resume'],
    'directive.parent-moved',
  ],
  'directive.replaces': ['directive.replace'],
  'remote-part.withdraw': ['directive.cancel', 'directive.replace', 'directive.reassign'],
  'remote-part.change-order': [
    ...['directive.set-deadline', 'directive.extend', 'directive.send-back', 'directive.suspend'],
    ...['directive.resume', 'directive.parent-moved'],
  ],
};

/** `lifecycle.event` of everything that can be sent as a consequence. */
export const consequences: readonly string[] = Object.keys(follows);

/** What has been decided in one transaction so far. */
export class Decided {
  private readonly acts = new Set<string>();

  /** @param about the directive that it was decided about */
  note(person: string, act: string, about: string): void {
    this.acts.add(`${person} ${act} ${about}`);
    this.acts.add(`${person} ${act} *`);
  }

  /** @param about the directives that may have led to it; `*`: whichever */
  isFollowedBy(person: string, act: string, about: readonly string[]): boolean {
    return (follows[act] ?? []).some((cause) =>
      about.some((one) => this.acts.has(`${person} ${cause} ${one}`)),
    );
  }
}
