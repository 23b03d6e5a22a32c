import { type SendCommand } from '../engine/commands';
import { type InstanceRecord } from '../engine/records';
import { SendLane, type LimitedCommand, type SendAnswer } from './send-lane';

const command = (instance: string): SendCommand => ({
  instance,
  event: { type: 'touch' },
  actor: { kind: 'system' },
});

/** Answers each command with its instance, one turn of the event loop later. */
function lane(most: number, abreast: number) {
  const sizes: number[] = [];
  const sendTogether = async (commands: readonly LimitedCommand[]): Promise<readonly SendAnswer[]> => {
    sizes.push(commands.length);
    await new Promise(setImmediate);
    return commands.map(({ command: { instance } }) => ({ answer: { id: instance } as InstanceRecord }));
  };
  return { sizes, lane: new SendLane(sendTogether, most, abreast) };
}

describe('sends that share a transaction', () => {
  it('stay together when everybody who was answered sends again', async () => {
    const { sizes, lane: shared } = lane(100, 1);
    const caller = async (instance: string): Promise<void> => {
      for (let time = 0; time < 5; time++)
        expect(await shared.add(command(instance))).toHaveProperty('id', instance);
    };
    await Promise.all(Array.from({ length: 10 }, (_, index) => caller(`i${index}`)));
    expect(sizes).toEqual([1, 10, 10, 10, 10, 9]);
  });

  it('wait for nobody when one alone sends, also again at once', async () => {
    const { sizes, lane: shared } = lane(100, 2);
    const together: number[] = [];
    for (let time = 0; time < 3; time++) {
      const sent = shared.add(command('i'));
      together.push(sizes.length);
      await sent;
    }
    // Each was on its way before anything else could happen.
    expect(together).toEqual([1, 2, 3]);
    expect(sizes).toEqual([1, 1, 1]);
  });
});
