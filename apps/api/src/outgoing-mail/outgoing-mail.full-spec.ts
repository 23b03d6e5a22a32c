import { type Channel, type KeptMessage } from '@dondoc/domain/messages/channel.port';
import { PermanentFailure } from '@dondoc/workflow';
import { FAULT_POINTS } from '@dondoc/workflow/durable/index';
import { fail, Trouble } from '../../../../test/faults/trouble';
import { type Someone, TestOffice } from '../testing/test-office';

/** The smallest adapter: a board that somebody looks at. */
class Board implements Channel {
  readonly name = 'board';
  readonly shown: KeptMessage[] = [];
  answering: (message: KeptMessage) => void = () => undefined;

  addressOf({ id }: { readonly id: string }): string {
    return `board/${id}`;
  }

  keyOf(id: string): string {
    return `board-${id}`;
  }

  handOver(message: KeptMessage): Promise<string> {
    this.answering(message);
    this.shown.push(message);
    return Promise.resolve(`shown ${this.shown.length}`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Those of delivery itself; who is woken, and how, is another test's. */
const points = FAULT_POINTS.filter((point) =>
  /^(effects\.(claimed|handled|recorded|committed)|outside\.(handled|recorded))/.test(point),
);

describe('a further channel', () => {
  const faults = new Trouble();
  const board = new Board();
  let office: TestOffice;
  let clerk: Someone;
  let administrator: Someone;
  let day = 2;

  beforeAll(async () => {
    office = await TestOffice.open({}, { channels: [board], faults });
    clerk = await office.as('vanthu');
    administrator = await office.as('quantri');
  });

  afterEach(() => {
    faults.end();
    board.answering = () => undefined;
  });

  afterAll(() => office.end());

  const at = (time: string): string => `2026-11-${String(day).padStart(2, '0')}T${time}:00+07:00`;

  /** A working morning of its own, on which one directive is given. */
  async function give(): Promise<void> {
    do day += 1;
    while ([0, 6].includes(new Date(at('12:00')).getUTCDay()) || day === 24);
    await office.goTo(at('08:00'));
    board.shown.length = 0;
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const items = [{ text: 'Rà soát hộ dân vùng sạt lở', lead: [office.agency('kinh-te')] }];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    await clerk.post(`/drafts/${draft.body.id}/confirm`);
  }

  const news = (): KeptMessage[] => board.shown.filter(({ subject }) => subject.startsWith('Nhiệm vụ mới'));
  const states = async (): Promise<string[]> => {
    const { body } = await administrator.get<{ items: { state: string; sendAt: string }[] }>(
      '/outgoing-mail',
    );
    return body.items
      .filter(({ sendAt }) => sendAt >= new Date(at('08:00')).toISOString())
      .map(({ state }) => state);
  };

  it('is one object: it reaches people, is tried again, and keeps what it refused for good', async () => {
    await give();
    let refused = 0;
    board.answering = ({ address }) => {
      if (address.endsWith(office.person('kt-cv'))) throw new PermanentFailure('the board is full');
      refused += 1;
      if (refused === 1) throw new Error('busy');
    };
    await office.goTo(at('08:05'));
    expect(news().map(({ address }) => address)).toEqual([`board/${office.person('kt-truong')}`]);
    expect((await states()).sort()).toEqual(['failed', 'sent']);
    board.answering = () => undefined;
    const { body } = await administrator.get<{ items: { id: string; channel: string; failure: string }[] }>(
      '/outgoing-mail?state=failed',
    );
    expect(body.items).toMatchObject([{ channel: 'board', failure: 'the board is full' }]);
    await administrator.post(`/outgoing-mail/${body.items[0]?.id ?? ''}/send-again`, { reason: 'Đã dọn' });
    await office.deliver();
    expect(news()).toHaveLength(2);
  });

  it.each(points.flatMap((point) => [1, 2].map((nth) => [point, nth] as const)))(
    'loses nothing, and repeats at most one message as it was, when its worker fails at %s (%i)',
    async (point, nth) => {
      await give();
      let failed = 0;
      faults.once(point, nth, () => {
        failed += 1;
        return fail();
      });
      await office.goTo(at('08:03')).catch(() => undefined);
      for (let round = 4; round < 7; round += 1) {
        await office.endLeases();
        await office.asWorker('update workflow.outbox set next_attempt_at = now() where parked_at is null');
        await office.goTo(at(`08:0${round}`));
      }
      expect(failed).toBe(1);
      const keys = new Set(news().map(({ key }) => key));
      expect(keys.size).toBe(2);
      expect(news().length - keys.size).toBeLessThanOrEqual(failed);
      expect(new Set(news().map(({ key, subject, text, html }) => key + subject + text + html)).size).toBe(2);
      expect(await states()).toEqual(['sent', 'sent']);
    },
  );
});
