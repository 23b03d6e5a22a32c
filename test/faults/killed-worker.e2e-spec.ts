import { queueKinds } from '../services/test-queue';
import { playTroubledMonth } from './troubled-month';

describe('a worker that is killed and a queue that is emptied', () => {
  it('change nothing but when things were processed', async () => {
    const month = await playTroubledMonth(queueKinds()[0] ?? 'postgres', 20_270_074, 0.08);
    expect(month.kills).toBeGreaterThan(2);
    expect(month.losses).toBeGreaterThan(2);
    expect(month.happened).toEqual(month.expected);
    expect(month.auditCode).toBe(0);
  }, 300_000);
});
