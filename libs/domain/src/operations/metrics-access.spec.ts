import { type IncomingHttpHeaders } from 'node:http';
import { type Socket } from 'node:net';
import { metricsRefusal } from './metrics-access';

const asking = (remoteAddress: string, headers: IncomingHttpHeaders = {}) => ({
  socket: { remoteAddress } as Socket,
  headers,
});
const token = 'a-token-of-some-length';

describe('who may read the metrics', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('without a token: %s', (address) => {
    expect(metricsRefusal(null, asking(address))).toBeNull();
  });

  it.each(['10.0.0.7', '::ffff:10.0.0.7', 'fe80::1', '::1:127.0.0.1', ''])(
    'without a token: not %s',
    (address) => {
      expect(metricsRefusal(null, asking(address))).toMatchObject({ status: 403 });
    },
  );

  it.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
    'nobody who came through a proxy on this machine (%s)',
    (header) => {
      expect(metricsRefusal(null, asking('127.0.0.1', { [header]: '10.0.0.7' }))).toMatchObject({
        code: 'metrics-on-this-machine-only',
      });
    },
  );

  it('with a token: whoever shows it, from anywhere, and nobody else, not even from here', () => {
    expect(metricsRefusal(token, asking('10.0.0.7', { authorization: `Bearer ${token}` }))).toBeNull();
    for (const authorization of [undefined, '', 'Bearer', `Bearer ${token}x`, `Basic ${token}`, token])
      expect(
        metricsRefusal(token, asking('127.0.0.1', authorization === undefined ? {} : { authorization })),
      ).toMatchObject({ status: 401 });
  });
});
