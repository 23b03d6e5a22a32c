import { type RequestCounter } from '@dondoc/domain/limits/request-counter.port';
import { RequestRates } from './request-rates';

/** What Redis and PostgreSQL do, see request-counters.db-spec. */
class CommonCounter implements RequestCounter {
  private readonly sums = new Map<string, number>();
  asked = 0;

  add(subject: string, minute: number, requests: number): Promise<number> {
    this.asked += 1;
    const sum = (this.sums.get(`${minute} ${subject}`) ?? 0) + requests;
    this.sums.set(`${minute} ${subject}`, sum);
    return Promise.resolve(sum);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const codes = async (rates: RequestRates, account: string, times: number) => {
  const answers = await Promise.all(Array.from({ length: times }, () => rates.ofAccount(account)));
  return answers.map((one) => one?.code ?? 'ok');
};

describe('requests in a minute', () => {
  it('are limited for each account by itself, and free again in the next', async () => {
    let now = 60_000 * 100;
    const rates = new RequestRates(3, new CommonCounter(), undefined, () => now);
    expect(await codes(rates, 'a', 4)).toEqual(['ok', 'ok', 'ok', 'too-many-requests']);
    expect(await codes(rates, 'b', 1)).toEqual(['ok']);
    now += 20_000;
    expect((await rates.ofAccount('a'))?.retryAfter).toBe(40);
    now += 40_000;
    expect(await codes(rates, 'a', 1)).toEqual(['ok']);
  });

  it('are counted for all processes together, who ask for many at once', async () => {
    const counter = new CommonCounter();
    const processes = [1, 2, 3].map(() => new RequestRates(200, counter, undefined, () => 0));
    const answers = await Promise.all(processes.map((rates) => codes(rates, 'a', 150)));
    const through = answers.flat().filter((code) => code === 'ok').length;
    expect(through).toBe(200);
    expect(counter.asked).toBeLessThan(30);
  });

  it('may be five times as many from one address, and an IPv6 customer has one', async () => {
    const rates = new RequestRates(2, new CommonCounter(), undefined, () => 0);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => rates.ofAddress(`2001:db8:0:1::${index}`)),
    );
    expect(answers.filter(Boolean)).toHaveLength(2);
  });

  it('are not counted where there is no limit', async () => {
    const counter = new CommonCounter();
    expect(new Set(await codes(new RequestRates(0, counter), 'a', 50))).toEqual(new Set(['ok']));
    expect(counter.asked).toBe(0);
  });

  it('are counted by each process for itself while the common counter is away', async () => {
    const away = { add: () => Promise.reject(new Error('away')), close: () => Promise.resolve() };
    const failed: unknown[] = [];
    const rates = new RequestRates(
      2,
      away,
      (error) => failed.push(error),
      () => 0,
    );
    expect(await codes(rates, 'a', 3)).toEqual(['ok', 'ok', 'too-many-requests']);
    expect(failed).toHaveLength(1);
  });
});
