import { randomUUID } from 'node:crypto';
import { type everyRole } from '../security/access.decorators';
import { type Operation } from './described-operations';
import { type TestOffice } from './test-office';

/** Somebody of the sample office for each role. */
export const logInOf = {
  clerk: 'vanthu',
  staff: 'kt-cv',
  'agency-head': 'kt-truong',
  'vice-chair': 'pct-kinhte',
  chair: 'chutich',
  administrator: 'quantri',
} as const satisfies Record<(typeof everyRole)[number], string>;

/** One thing of each kind: its id, by the part of the path before it. */
export async function enterMatters(office: TestOffice): Promise<ReadonlyMap<string, string>> {
  const ours = new Map<string, string>();
  const [clerk, staff] = [await office.as('vanthu'), await office.as('kt-cv')];
  const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-10-30' };
  const item = {
    text: 'Rà soát các điểm sạt lở',
    lead: [office.agency('kinh-te')],
    deadline: { phrase: null, date: '2026-11-20' },
  };
  const draft = await clerk.post<{ id: string }>('/drafts', { source, items: [item] });
  ours.set('drafts', draft.body.id);
  const confirmed = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
  ours.set('directives', confirmed.body.directives[0]?.id ?? '');
  const data = new FormData();
  data.append('file', new Blob(['riêng của văn phòng']), 'rieng.txt');
  ours.set('files', (await staff.post<{ id: string }>('/files', undefined, { form: data })).body.id);
  const text = 'Giao Phòng Kinh tế báo cáo trước ngày 10/12/2026.';
  const document = await clerk.post<{ document: { id: string } }>('/documents', { name: 'tb.txt', text });
  ours.set('documents', document.body.document.id);
  await office.goTo('2026-11-30T02:00:00Z');
  for (const [kind, sql] of [
    ['escalations', 'select id from dondoc.escalation limit 1'],
    ['inbox', 'select id from dondoc.inbox_message limit 1'],
  ] as const)
    ours.set(kind, (await office.rows<{ id: string }>(sql))[0]?.id ?? '');
  const administrator = await office.as('quantri');
  const accounts = await administrator.get<{ items: { id: string; login: string }[] }>('/auth/accounts');
  ours.set('accounts', accounts.body.items.find(({ login }) => login === 'tyt-cv')?.id ?? '');
  for (const [kind, id] of ours) if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error(`there are no ${kind}`);
  return ours;
}

/** The path of an operation with ids that are there, or that are nobody's. */
export const pathOf = ({ path }: Operation, known: ReadonlyMap<string, string>): string =>
  path.replace(/([\w-]+)\/\{\w+\}/g, (_, kind: string) => `${kind}/${known.get(kind) ?? randomUUID()}`);
