import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PostgresRequestCounter } from '@dondoc/domain/limits/postgres-request-counter';
import { RedisRequestCounter } from '@dondoc/domain/limits/redis-request-counter';
import { PostgresStreamSlots } from '@dondoc/domain/limits/postgres-stream-slots';
import { RedisStreamSlots } from '@dondoc/domain/limits/redis-stream-slots';
import { type StreamSlots } from '@dondoc/domain/limits/stream-slots.port';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { type RequestCounter } from '@dondoc/domain/limits/request-counter.port';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { Redis } from 'ioredis';
import { type DataSource } from 'typeorm';
import { describeOnEachQueue, testQueue } from '../../../test/services/test-queue';
import { RequestRates } from './security/request-rates';
import { TestOffice } from './testing/test-office';

describe('limits', () => {
  let office: TestOffice;

  beforeAll(async () => {
    office = await TestOffice.open({
      requestsPerMinute: 20,
      statementSeconds: 1,
      filesQuota: { organization: 3_000, person: 1_000 },
      limits: {
        ...{ headersMs: 300, arrivalMs: 600, idleMs: 10_000, lookEveryMs: 50, answerMs: 60_000 },
        ...{ streamsPerAccount: 8, streamsPerAddress: 3, streams: 100, strangersKeptDays: 90 },
      },
    });
  });

  afterAll(() => office.end());

  const connected = (): Promise<DataSource> =>
    dondocDataSource({ url: office.database.apiUrl, application: 'limits spec', poolSize: 3 }).initialize();

  it('stop a statement that takes too long', async () => {
    const clerk = await office.as('vanthu');
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-10-30' };
    const items = [{ text: 'Việc', lead: [office.agency('kinh-te')] }];
    const { body: draft } = await clerk.post<{ id: string }>('/drafts', { source, items });
    const { body } = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.id}/confirm`);
    const id = body.directives[0]?.id ?? '';
    const staff = await office.as('kt-cv');
    const held = await office.whileLocked(id, () => staff.post(`/directives/${id}/accept`));
    expect(held).toMatchObject({ status: 503, body: { code: 'too-slow' } });
  });

  describe('for who sends drop by drop (slow-loris)', () => {
    /** What the server says on the connection until it ends it. */
    async function sentTo(begin: string, drop: string): Promise<string> {
      const socket: Socket = connect(Number(new URL(office.address).port), '127.0.0.1');
      let said = '';
      socket.on('data', (part) => (said += part.toString()));
      socket.on('error', () => undefined);
      socket.write(begin);
      const drops = setInterval(() => socket.write(drop), 20);
      await once(socket, 'close');
      clearInterval(drops);
      return said;
    }

    it.each([
      ['headers', 'GET /api/v1/auth/ways HTTP/1.1\r\nHost: x\r\nX-Long: ', 'a'],
      [
        'a body',
        'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{',
        ' ',
      ],
    ])('end a connection that never comes to the end of %s', async (_what, begin, drop) => {
      expect(await sentTo(begin, drop)).toMatch(/^(HTTP\/1\.1 408 Request Timeout\r\n|$)/);
      expect((await office.nobody().get('/auth/ways')).status).toBe(200);
    });
  });

  it('hold for event streams of one address, whoever listens', async () => {
    const open = await Promise.all(
      ['vanthu', 'kt-cv', 'ca-cv'].map(async (login) => (await office.as(login)).open('/events')),
    );
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200]);
    const refused = await (await office.as('tyt-cv')).open('/events');
    expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too-many-listeners' }]);
    for (const { body } of open) await body?.cancel();
  });

  describeOnEachQueue('of event streams are kept for all processes together', (kind) => {
    it('whichever of them somebody listens to, and free themselves when one of them is gone', async () => {
      const source = await connected();
      const failures: unknown[] = [];
      const { url, prefix } = testQueue(kind);
      const slots = (): StreamSlots =>
        kind === 'redis'
          ? new RedisStreamSlots(url, prefix, (error) => failures.push(error))
          : new PostgresStreamSlots(source);
      const [one, other] = [slots(), slots()];
      const subject = randomUUID();
      const opened = (most = 3) => ({ id: randomUUID(), slots: [{ subject, most }] });
      try {
        const streams = Array.from({ length: 8 }, () => opened());
        const full = await Promise.all(
          streams.map((stream, turn) => (turn % 2 === 0 ? one : other).take(stream)),
        );
        const held = streams.filter((_, turn) => full[turn] === null);
        expect(held).toHaveLength(3);
        expect(full.filter((slot) => slot?.most === 3)).toHaveLength(5);
        await one.renew(held);
        if (held[0]) await other.free(held[0]);
        expect([await other.take(opened()), (await one.take(opened()))?.subject]).toEqual([null, subject]);
        await lapse(kind, source, url, prefix, subject);
        expect(await other.take(opened())).toBeNull();
        expect(failures).toEqual([]);
      } finally {
        await one.close();
        await other.close();
        await source.destroy();
      }
    });

    /** As if the time for which slots are held had passed since their process was gone. */
    async function lapse(on: string, source: DataSource, url: string, prefix: string, subject: string) {
      if (on === 'redis') {
        const redis = new Redis(url);
        const key = `{${prefix}:streams}:${subject}`;
        for (const stream of await redis.zrange(key, 0, -1)) await redis.zadd(key, 1, stream);
        redis.disconnect();
        return;
      }
      await inOrganization(source, '00000000-0000-0000-0000-000000000000', (manager) =>
        manager.query(`update dondoc.stream_slot set held_until = now() where subject = $1`, [subject]),
      );
    }
  });

  describe('of files', () => {
    const send = async (login: string, name: string, content: string) => {
      const form = new FormData();
      form.append('file', new Blob([content], { type: 'text/html' }), name);
      const { status, body } = await (await office.as(login)).post('/files', undefined, { form });
      return { status, body };
    };

    it('name what is used of what one person may keep; the same bytes count once', async () => {
      expect((await send('tyt-cv', 'một.txt', 'a'.repeat(700))).status).toBe(201);
      expect((await send('tyt-cv', 'hai.txt', 'a'.repeat(700))).status).toBe(201);
      expect(await send('tyt-cv', 'ba.txt', 'b'.repeat(400))).toMatchObject({
        status: 413,
        body: {
          code: 'file-quota-person',
          quota: { limit: 1_000, used: 700 },
          detail: expect.stringContaining('700 B') as string,
          errors: [{ field: 'file' }],
        },
      });
      expect((await send('tyt-cv', 'bốn.txt', 'b'.repeat(300))).status).toBe(201);
    });

    it('hold for all of the organization together, also when all send at once', async () => {
      const logins = ['kt-cv', 'kt-truong', 'ca-cv', 'pct-kinhte', 'chutich'];
      const sent = await Promise.all(logins.map((login) => send(login, 'x.txt', login.padEnd(900, '.'))));
      const refused = sent.filter(({ status }) => status === 413);
      // A thousand bytes are there: two of nine hundred have room.
      expect(refused).toHaveLength(3);
      expect(refused[0]).toMatchObject({
        body: { code: 'file-quota-organization', quota: { limit: 3_000 } },
      });
      expect((await send('theodoi', 'một.txt', 'a'.repeat(700))).status).toBe(201);
    });

    it('send a page that somebody has sent as an attachment that no browser runs', async () => {
      const { body } = await send('theodoi', 'trang.html', '<script>');
      const { headers } = await (await office.as('theodoi')).get(`/files/${String(body['id'])}`);
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toMatch(/^attachment; /);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    });
  });

  it('hold back an account and an address that ask too often', async () => {
    const clerk = await office.as('vanthu');
    const answers = await Promise.all(Array.from({ length: 60 }, () => clerk.get('/auth/me')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(refused[0]).toMatchObject({ body: { code: 'too-many-requests' } });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    // A hundred from one address, before anything of them is read.
    const login = { login: 'khong-co', password: 'x'.repeat(150_000) };
    const knocking = await Promise.all(
      Array.from({ length: 110 }, () => office.nobody().post('/auth/set-up', login)),
    );
    expect(knocking.at(-1)).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  });

  describeOnEachQueue('are counted for all processes together', (kind) => {
    it('whichever of them a person asks', async () => {
      const source = await connected();
      const failures: unknown[] = [];
      const failed = (error: unknown) => failures.push(error);
      const { url, prefix } = testQueue(kind);
      const processes = [1, 2, 3].map(() => {
        const counter: RequestCounter =
          kind === 'redis'
            ? new RedisRequestCounter(url, prefix, failed)
            : new PostgresRequestCounter(source);
        return new RequestRates(40, counter, failed, () => 60_000 * 29_000_000);
      });
      try {
        const answers = await Promise.all(
          processes.flatMap((one) => Array.from({ length: 30 }, () => one.ofAccount('một người'))),
        );
        expect(answers.filter((refused) => refused === null)).toHaveLength(40);
        expect(failures).toEqual([]);
      } finally {
        for (const one of processes) await one.close();
        await source.destroy();
      }
    });
  });
});
