import { plain } from '@dondoc/domain/search/plain-words';
import { sampleNotice } from '@dondoc/domain/sample/sample-files';
import { TestOffice, type Someone } from '../testing/test-office';

interface Row {
  readonly id: string;
  readonly text: string;
  readonly lead: { readonly name: string };
  readonly deadline: { readonly date: string; readonly workingDaysLeft: number } | null;
}

interface Page {
  readonly items: readonly Row[];
  readonly next: string | null;
}

describe('what people read of directives', () => {
  let office: TestOffice;
  let clerk: Someone;
  let document: string;

  beforeAll(async () => {
    office = await TestOffice.open();
    clerk = await office.as('vanthu');
    await office.goTo('2026-11-10T09:00:00+07:00');
    const text = sampleNotice('thong-bao-15-duong-lien-thon.txt');
    const received = await clerk.post<{ document: { id: string }; draft: { id: string } }>('/documents', {
      name: 'tb15.txt',
      text,
    });
    document = received.body.document.id;
    expect((await clerk.post(`/drafts/${received.body.draft.id}/confirm`)).status).toBe(201);
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-10-30' };
    const items = [{ text: 'Việc không hạn', lead: [office.agency('cong-an')], deadline: null }];
    const entered = await clerk.post<{ id: string }>('/drafts', { source, items });
    expect((await clerk.post(`/drafts/${entered.body.id}/confirm`)).status).toBe(201);
  });

  afterAll(() => office.end());

  const list = async (query: string) => (await clerk.get<Page>(`/directives?${query}`)).body;

  it('lists by deadline, those without one last, page by page, none twice', async () => {
    const whole = (await list('order=due')).items.map(({ deadline }) => deadline?.date ?? null);
    expect(whole).toEqual(['2026-11-16', '2026-11-20', '2026-11-24', '2026-11-30', null]);
    const paged: Row[] = [];
    let cursor = '';
    do {
      const page: Page = await list(`order=due&limit=2${cursor}`);
      paged.push(...page.items);
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(paged.map(({ deadline }) => deadline?.date ?? null)).toEqual(whole);
    expect(new Set(paged.map(({ id }) => id)).size).toBe(5);
  });

  it('shows the Chief of Office everything, and apart from it what the Office itself has to do with', async () => {
    const leads = async (login: string, query: string) =>
      (await (await office.as(login)).get<Page>(`/directives?${query}`)).body.items.map(
        ({ lead }) => lead.name,
      );
    expect(await leads('chanhvp', 'order=due')).toEqual(await leads('vanthu', 'order=due'));
    expect(await leads('chanhvp', 'own=true')).toEqual([]);
    expect(await leads('ca-cv', 'own=true')).toEqual(await leads('ca-cv', 'own=false'));
    expect((await leads('ca-cv', 'own=true')).length).toBeGreaterThan(0);
  });

  it('says how many working days are left, from today to the day of the deadline', async () => {
    const { items } = await list('order=due');
    // From Tuesday 10 November; Saturdays, Sundays and the holiday of 24 November do not count.
    expect(items.map(({ deadline }) => deadline?.workingDaysLeft ?? null)).toEqual([4, 8, 9, 13, null]);
  });

  it('finds by the number of the source and the name of the lead, and leaves out what has ended', async () => {
    expect((await list('q=15/TB')).items).toHaveLength(4);
    const police = (await list('q=công an')).items;
    expect(police.map(({ lead }) => lead.name)).toEqual(['Công an xã', 'Công an xã']);
    const [one] = police;
    const chair = await office.as('chutich');
    expect((await chair.post(`/directives/${one?.id ?? ''}/cancel`, { reason: 'Trùng' })).status).toBe(200);
    expect((await list('open=true')).items).toHaveLength(4);
    expect((await list('')).items).toHaveLength(5);
  });

  it('finds words that are typed without marks, and takes no sign for a wildcard', async () => {
    for (const words of ['cong an', 'CÔNG  AN', 'Cong an xa'])
      expect((await list(`q=${encodeURIComponent(words)}`)).items).toHaveLength(2);
    for (const words of ['%', '_', 'an cong'])
      expect((await list(`q=${encodeURIComponent(words)}`)).items).toEqual([]);
  });

  it('makes words plain in the database as in the code', async () => {
    const words = ['Đường Ngừng Trưởng ẤẬỮỰ', 'ợ'.normalize('NFD'), 'Ça va, naïve'];
    const made = await office.rows<{ plain: string }>(
      `select dondoc.plain(w) as plain from unnest('{"${words.join('","')}"}'::text[]) with ordinality as t(w, n) order by n`,
    );
    expect(made.map((row) => row.plain)).toEqual(words.map(plain));
  });

  it('shows the words of a directive to whoever sees it, and the whole document to clerks alone', async () => {
    const staff = await office.as('vhxh-cv');
    const [own] = (await staff.get<Page>('/directives')).body.items;
    const source = await staff.get<{ words: string; document: { number: string } }>(
      `/directives/${own?.id ?? ''}/source`,
    );
    expect(source.body.document.number).toBe('15/TB-UBND');
    expect(source.body.words).toContain('vận động ba hộ dân');
    expect(source.body.words).not.toContain('Phòng Kinh tế');
    expect((await staff.get(`/documents/${document}`)).status).toBe(403);
    const read = await clerk.get<{ text: string }>(`/documents/${document}`);
    expect(read.body.text).toContain(source.body.words);
    const foreign = (await list('q=Phòng Kinh tế')).items[0]?.id ?? '';
    expect((await staff.get(`/directives/${foreign}/source`)).status).toBe(404);
    expect((await staff.get(`/directives/${foreign}/drawing`)).status).toBe(404);
  });

  it('draws the lifecycle with where the directive is', async () => {
    const id = (await list('q=15/TB')).items[0]?.id ?? '';
    const drawing = await clerk.get<string>(`/directives/${id}/drawing?language=vi`);
    expect(drawing.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(drawing.body).toMatch(/^<svg[^]*đang ở đây/);
  });

  it('tells strangers what an installation is, and in a sandbox who may be tried', async () => {
    const { body } = await office
      .nobody()
      .get<{ mode: string; logIns: { login: string; offices: { role: string }[] }[] }>('/installation');
    expect(body.mode).toBe('sandbox');
    expect(body.logIns.find(({ login }) => login === 'chutich')?.offices).toEqual([
      { role: 'chair', agency: null },
    ]);
    expect((await clerk.get('/office')).body).toEqual({
      name: 'UBND xã Thuận Mỹ (đơn vị mẫu)',
      zone: 'Asia/Ho_Chi_Minh',
    });
  });
});
