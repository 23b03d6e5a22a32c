import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readEntry } from '@dondoc/workflow';
import { TestRuntime } from '@dondoc/workflow/testing';
import {
  goldenLines,
  recordGoldenHistories,
  replayGoldenHistories,
  type NamedHistory,
} from '@dondoc/workflow/testing/golden-history';
import { draftDirectives } from '../intake/grammar/draft-directives';
import {
  defaultWorkingRules,
  rulesWithHeadApproval,
  sampleChanges,
  sampleNotice,
  sampleNoticeFiles,
  sampleOffice,
  sampleScenario,
} from '../sample/sample-files';
import { PlayedAnswers } from '../simulation/played-answers';
import { instantOfLocal, type Act, type Scenario } from '../simulation/scenario';
import { SimulatedOffice } from '../simulation/simulated-office';
import { type WorkingRules } from '../working-rules/working-rules';
import { sampleCalendar } from '../working-time/sample-calendar';
import { remotePartLifecycle } from './cascade/remote-part.lifecycle';
import { beginPart, says } from '../../../../test/samples/part-elsewhere';
import { digestLifecycle } from './digest.lifecycle';
import { dispatchLifecycle } from './dispatch.lifecycle';
import { lifecycles } from './lifecycles';

const folder = join(__dirname, '../../golden-histories');
const local = (text: string): number => instantOfLocal(text, sampleCalendar.zone);

/** Every instance of a scenario: whatever the newest versions do today. */
async function played(scenario: Scenario, rules: WorkingRules): Promise<NamedHistory[]> {
  const office = new SimulatedOffice({
    office: sampleOffice().directory,
    notices: sampleNoticeFiles.map((file) => ({ file, reading: draftDirectives(sampleNotice(file)) })),
    rules,
    calendar: sampleCalendar,
    from: local(sampleOffice().startsAt),
  });
  for (const act of scenario.acts) {
    await office.advanceTo(local(act.at));
    await office.play(act);
  }
  await office.advanceTo(local(`${scenario.to} 08:00`));
  return historiesOf(office, scenario.title.en);
}

/** What leaders and agencies ask of each other, which the month does not show in every way. */
async function playedAnswers(): Promise<NamedHistory[]> {
  const setting = {
    office: sampleOffice().directory,
    rules: defaultWorkingRules(),
    calendar: sampleCalendar,
  };
  const office = new SimulatedOffice({ ...setting, notices: [], from: local('2026-11-09 08:00') });
  const document = 'BP-09';
  const acts = [
    {
      at: '2026-11-09 08:00',
      by: 'vanthu',
      act: 'manual',
      document,
      source: { kind: 'oral', givenBy: 'chutich', givenOn: '2026-11-06' },
      items: [
        {
          text: 'Rà soát hộ nghèo.',
          lead: ['KT'],
          coordinating: ['TYT', 'CA'],
          deadline: { phrase: null, date: '2026-11-09' },
        },
      ],
    },
    { at: '2026-11-09 08:05', by: 'vanthu', act: 'confirm', document },
  ] satisfies Act[];
  for (const act of acts) expect(await office.play(act)).toBeNull();
  const [directive] = office.told().directives;
  const answers = new PlayedAnswers(office, setting);
  await answers.explain(directive?.id ?? '');
  await answers.consult(directive?.id ?? '', ['tram-y-te', 'cong-an']);
  await answers.delegate();
  await answers.standing();
  const told = office.told().lines.map(({ instance, transition }) => `${instance} ${transition}`);
  expect(told).toContain('BP-09#1/consultation/CA notify consultation-deemed-consent');
  expect(told).toContain('BP-09#1/explanation ask-again');
  return historiesOf(office, 'answers');
}

const failed = { error: { name: 'Error', message: '550 no such user', permanent: true } };

/** Messages on their way, in every way that it can end, and some days of digests. */
async function carriedMessages(): Promise<NamedHistory[]> {
  const test = new TestRuntime({ lifecycles: [dispatchLifecycle, digestLifecycle] });
  const by = 'quantri';
  const ids: string[] = [];
  const dispatch = async (): Promise<string> => {
    const input = { channel: 'mail', recipient: 'kt-cv', sendAt: test.now + 60_000, anyHour: false };
    const id = await test.start(dispatchLifecycle, input);
    ids.push(id);
    await test.advance(60_000);
    return id;
  };
  const composed = (id: string, items: number) => test.answer(id, 'compose', { output: { items } });
  const handed = (id: string, output: { receipt: string } | { heldUntil: number }) =>
    test.answer(id, 'handOver', { output });
  await composed(await dispatch(), 0);
  for (const last of ['send-again', 'drop'] as const) {
    const id = await dispatch();
    await composed(id, 2);
    await handed(id, { heldUntil: test.now + 3_600_000 });
    await test.advance(3_600_000);
    await test.answer(id, 'handOver', failed);
    await test.send(dispatchLifecycle, id, { type: last, by, reason: 'đã xem' });
    if (last === 'drop') continue;
    await test.answer(id, 'compose', failed);
    await test.send(dispatchLifecycle, id, { type: last, by, reason: 'đã sửa' });
    await composed(id, 2);
    await handed(id, { receipt: '250 OK' });
  }
  const digest = await test.start(digestLifecycle, {});
  ids.push(digest);
  for (const [daily, weekly] of [
    [true, true],
    [false, false],
    [true, false],
    [false, true],
  ]) {
    const summary = weekly === true && daily !== true;
    const plan = { at: test.now + 86_400_000, daily: daily === true, weekly: weekly === true, summary };
    await test.answer(digest, 'plan', { output: plan });
    await test.advance(86_400_000);
    if (daily === true || weekly === true)
      await test.answer(digest, 'write', { output: { writtenAt: test.now } });
  }
  expect(test.verify()).toEqual([]);
  return ids.map((id, index) => ({ name: `carried/${index}`, entries: [...test.history(id)] }));
}

/** Parts that another organization does, to each of their ends. */
async function partsElsewhere(): Promise<NamedHistory[]> {
  const histories: NamedHistory[] = [];
  for (const [index, work] of (['closed', 'cancelled', 'replaced'] as const).entries())
    for (const isTakenBack of [false, true]) {
      const { test, part } = await beginPart();
      const by = 'kt-truong';
      const news = [says(1, 'assigned'), says(3, 'returned'), says(2, 'assigned'), says(4, 'reported', true)];
      const change = { type: 'change-order', by, deadline: test.now, ownDeadline: null } as const;
      await test.send(remotePartLifecycle, part, {
        type: 'not-received',
        code: 'no-office',
        vi: '-',
        en: '-',
      });
      for (const said of news) await test.send(remotePartLifecycle, part, said);
      await test.send(remotePartLifecycle, part, { ...change, suspended: 'mưa' });
      await test.send(remotePartLifecycle, part, { ...change, suspended: null });
      const last = isTakenBack ? ({ type: 'withdraw', by, reason: 'thôi' } as const) : says(5, work);
      await test.send(remotePartLifecycle, part, last);
      histories.push({ name: `elsewhere/${index}/${isTakenBack}`, entries: [...test.history(part)] });
    }
  return histories;
}

function historiesOf(office: SimulatedOffice, title: string): NamedHistory[] {
  const { store } = office.memory;
  return store.instances(office.organization).map(({ id }) => ({
    name: `${title}: ${id}`,
    entries: store.history(office.organization, id).map(readEntry),
  }));
}

const versions = lifecycles.all.map(({ id, version }) => ({ id, version, name: `${id}@${version}` }));

describe('golden histories of the product', () => {
  it.each(versions)('$name still does what it did', async ({ id, version, name }) => {
    const lines = await goldenLines(join(folder, `${name}.jsonl`), async () => {
      const histories = [
        ...(await played(sampleScenario(), defaultWorkingRules())),
        ...(await played(sampleChanges(), rulesWithHeadApproval())),
        ...(await playedAnswers()),
        ...(await carriedMessages()),
        ...(await partsElsewhere()),
      ];
      const own = histories.filter(
        ({ entries: [first] }) => first?.lifecycle === id && first.version === version,
      );
      return recordGoldenHistories(lifecycles, own);
    });
    expect(replayGoldenHistories(lifecycles, lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(5);
  });

  it('are told line by line', async () => {
    expect((await playedAnswers()).length).toBeGreaterThan(5);
  });

  it('are there for these versions and no others', () => {
    const names = versions.map(({ name }) => `${name}.jsonl`);
    expect(readdirSync(folder).sort()).toEqual(names.sort());
  });
});
