import { TestOffice, type Someone } from '../testing/test-office';

/** What comes over one connection, event by event. */
class Listening {
  private text = '';
  private readonly reader: ReadableStreamDefaultReader<string>;
  isOver = false;

  constructor(response: Response) {
    if (!response.body) throw new Error('there is nothing to listen to');
    this.reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    void this.read();
  }

  get count(): number {
    return this.text.split('event: changed').length - 1;
  }

  async close(): Promise<void> {
    await this.reader.cancel();
  }

  private async read(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.reader.read();
        if (done) break;
        this.text += value;
      }
    } catch {
      // Cut from the other side.
    }
    this.isOver = true;
  }
}

async function until(happened: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!happened()) {
    if (Date.now() > end) throw new Error('it has not happened');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('live news', () => {
  let office: TestOffice;
  let clerk: Someone;
  const open: Listening[] = [];

  beforeAll(async () => {
    office = await TestOffice.open();
    clerk = await office.as('vanthu');
  });

  afterAll(async () => {
    await Promise.all(open.map((one) => one.close()));
    await office.end();
  });

  const listen = async (login: string): Promise<Listening> => {
    const response = await (await office.as(login)).open('/events');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const listening = new Listening(response);
    open.push(listening);
    return listening;
  };

  const assign = async (lead: string): Promise<void> => {
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-10-30' };
    const items = [{ text: 'Việc', lead: [office.agency(lead)] }];
    const { body } = await clerk.post<{ id: string }>('/drafts', { source, items });
    expect((await clerk.post(`/drafts/${body.id}/confirm`)).status).toBe(201);
  };

  it('tells those who may see it that something has changed, and nobody else', async () => {
    const [own, other, all] = [await listen('kt-cv'), await listen('ca-cv'), await listen('vanthu')];
    await assign('kinh-te');
    await until(() => own.count > 0 && all.count > 0);
    expect(other.count).toBe(0);
    await assign('cong-an');
    await until(() => other.count > 0);
  });

  it('is for those who are logged in, and for so many pages of one person', async () => {
    expect((await office.nobody().open('/events')).status).toBe(401);
    for (let index = 0; index < 8; index++) await listen('tyt-cv');
    const refused = await (await office.as('tyt-cv')).open('/events');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'too-many-listeners' });
  });
});
