import { RequestRates } from './request-rates';

describe('requests in a minute', () => {
  it('are limited for each account by itself, and free again in the next', () => {
    let now = 60_000 * 100;
    const rates = new RequestRates(3, () => now);
    const codes = (account: string, times: number) =>
      Array.from({ length: times }, () => rates.ofAccount(account)?.code ?? 'ok');
    expect(codes('a', 4)).toEqual(['ok', 'ok', 'ok', 'too-many-requests']);
    expect(codes('b', 1)).toEqual(['ok']);
    now += 20_000;
    expect(rates.ofAccount('a')?.retryAfter).toBe(40);
    now += 40_000;
    expect(codes('a', 1)).toEqual(['ok']);
  });

  it('may be five times as many from one address', () => {
    const rates = new RequestRates(2, () => 0);
    const refused = Array.from({ length: 12 }, () => rates.ofAddress('203.0.113.7')).filter(Boolean);
    expect(refused).toHaveLength(2);
  });

  it('are not counted where there is no limit', () => {
    const rates = new RequestRates(0);
    expect(Array.from({ length: 50 }, () => rates.ofAccount('a')).every((one) => one === null)).toBe(true);
  });
});
