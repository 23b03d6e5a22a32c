import { describeOnEachQueue } from '../services/test-queue';
import { FaultGround, HOUR } from './fault-ground';
import { ProcessUnderTest } from './process-under-test';

const MINUTE = 60_000;

describeOnEachQueue('workers whose own clocks are an hour off', (kind) => {
  it('fire nothing early and nothing twice: business time is the database’s', async () => {
    const ground = await FaultGround.open(kind);
    const offs = [HOUR, -HOUR];
    const workers = offs.map((off) => ProcessUnderTest.prepare(ground.assignment, off));
    try {
      for (const [index, worker] of workers.entries()) {
        const { now } = await worker.heard('prepared');
        expect(Math.round((now - Date.now()) / HOUR)).toBe(Math.sign(offs[index] ?? 0));
        await worker.run();
        await worker.heard('running');
      }
      const driver = await ground.employ();
      const ids = await ground.hangBells(driver, 60, (now) => [
        now + 5 * MINUTE,
        now + 30 * MINUTE,
        now + 90 * MINUTE,
      ]);
      for (const minutes of [10, 30, 60]) {
        await ground.clock.moveTo((await ground.clock.now()) + minutes * MINUTE);
        for (const worker of workers) worker.order({ do: 'touch', instances: ids.slice(0, 5), shared: true });
        await ground.untilQuiet();
        const { wrong } = await ground.account();
        expect(wrong).toEqual([]);
      }
      for (const worker of workers) expect(await worker.stop()).toMatchObject({ code: 0 });
      const { wrong, fired, asked, told, repeated } = await ground.account();
      expect(wrong).toEqual([]);
      expect({ fired, asked, told, repeated }).toEqual({ fired: 180, asked: 240, told: 240, repeated: 0 });
      expect(await ground.verify()).toEqual([]);
    } finally {
      await Promise.all(workers.map((worker) => worker.kill()));
      await ground.close();
    }
  });
});
