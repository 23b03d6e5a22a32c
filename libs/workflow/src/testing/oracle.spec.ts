import * as fc from 'fast-check';
import { playOracleRun } from './oracle-run';
import { oracleRuns } from './random-machine';

describe('random machines in the runtime', () => {
  it('do what they do in an actor of XState: states, contexts, outputs, remembered states and timers', async () => {
    let played = 0;
    const runs = fc.asyncProperty(oracleRuns, async (run) => {
      const entries = await playOracleRun(run, (stored, live) => {
        expect(stored).toEqual(live);
      });
      if (entries > 0) played += 1;
    });
    await fc.assert(runs, { seed: 20_261_122, numRuns: 150 });
    expect(played).toBeGreaterThan(140);
  });
});
