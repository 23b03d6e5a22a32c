import { lifecycles } from '../lifecycles/lifecycles';
import { directiveActs, eventOf } from './directive-permissions';

/**
 * Who decides, for every event of every lifecycle, whether somebody may send it. `told`: nobody asks for it; it follows from
 * another event, in the same transaction or by the system, and what it follows from was decided.
 */
const decisions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  directive: {
    'directive-permissions.ts': directiveActs.map(eventOf),
    told: [
      ...[
        'consultation-asked',
        'consultation-ended',
        'child-ended',
        'escalation-raised',
        'escalation-decided',
      ],
      ...['extension-decided', 'parent-moved', 'replaces'],
    ],
  },
  escalation: {
    'escalations.service.ts': ['decide', 'acknowledge', 'undo'],
    told: ['withdraw', 'carry-out', 'not-carried-out'],
  },
  explanation: { 'explanation-permissions.ts': ['submit', 'accept', 'ask-again', 'withdraw'] },
  consultation: { 'consultations.service.ts': ['reply', 'withdraw'], told: ['end'] },
  delegation: { 'delegations.service.ts': ['end'] },
  'standing-directive': {
    'standing-directives.service.ts': ['end'],
    told: ['obligation-opened', 'obligation-ended'],
  },
  'reporting-obligation': {
    'standing-directives.service.ts': ['report', 'accept', 'send-back'],
    told: ['withdraw'],
  },
  'remote-part': {
    'remote-parts.service.ts': ['withdraw', 'change-order'],
    told: ['not-received', 'state-received'],
  },
  dispatch: { 'outgoing-mail.controller.ts (administrators)': ['send-again', 'drop'] },
  digest: {},
  'extension-request': {
    'extension-requests.service.ts': ['approve', 'decline', 'withdraw', 'decide', 'undo'],
    told: ['carry-out', 'not-carried-out'],
  },
};

describe('every event of every lifecycle', () => {
  it('has somewhere that decides who may send it', () => {
    const known = lifecycles.all.map(({ id, machine }) => [
      id,
      (machine.events as readonly string[]).filter((event) => !event.startsWith('xstate.')).sort(),
    ]);
    const decided = Object.entries(decisions).map(([id, by]) => [id, Object.values(by).flat().sort()]);
    // A new event: write the decision first, then say here where it stands.
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(decided));
  });
});
