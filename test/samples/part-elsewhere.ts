import { isRefusal, type Refusal } from '@dondoc/workflow';
import { TestRuntime } from '@dondoc/workflow/testing';
import { defaultWorkingRules, sampleOffice } from '@dondoc/domain/sample/sample-files';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { type ActFacts } from '@dondoc/domain/lifecycles/act-facts';
import { planAssignment } from '@dondoc/domain/lifecycles/directive-acts';
import { directiveLifecycle } from '@dondoc/domain/lifecycles/directive.lifecycle';
import { type DirectiveInput } from '@dondoc/domain/lifecycles/directive.types';
import { planHandOn } from '@dondoc/domain/lifecycles/cascade/hand-on-acts';
import { remotePartLifecycle } from '@dondoc/domain/lifecycles/cascade/remote-part.lifecycle';
import {
  type PartReport,
  type RemotePartEventToSend,
  type RemotePartInput,
} from '@dondoc/domain/lifecycles/cascade/remote-part.types';

/** For tests: a directive of the sample office of which another organization has a part. */

const now = Date.parse('2026-11-09T01:00:00Z');
const { directory } = sampleOffice();
export const cascadeFacts: ActFacts = {
  now,
  calendar: sampleCalendar,
  rules: defaultWorkingRules(),
  directory: {
    ...directory,
    agencies: directory.agencies.map((agency) =>
      agency.id === 'khuyen-nong' ? { ...agency, pointsTo: 'xa' } : agency,
    ),
  },
};

export function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

export const directiveInput = (): DirectiveInput =>
  sound(
    planAssignment(
      { lead: ['kinh-te'], sourceDate: '2026-11-06', deadline: { date: '2026-11-20' } },
      cascadeFacts,
    ),
  );

/** What the other organization says, revision by revision. */
export const says = (revision: number, work: PartReport['work'], overdue = false): RemotePartEventToSend => ({
  type: 'state-received',
  said: {
    ...{ directive: 'd9', revision, at: now + revision, work, overdue, deadline: null },
    reason: work === 'returned' ? 'nhầm' : null,
    result: work === 'reported' ? { number: '7', date: '2026-11-10', summary: 'xong' } : null,
  },
});

export interface PlayedPart {
  readonly test: TestRuntime;
  readonly directive: string;
  readonly part: string;
  readonly input: RemotePartInput;
}

/** The directive handed on, and its part begun. */
export async function beginPart(): Promise<PlayedPart> {
  const test = new TestRuntime({ lifecycles: [directiveLifecycle, remotePartLifecycle], now });
  const directive = await test.start(directiveLifecycle, directiveInput());
  const part = test.memory.newId();
  const context = test.record(directive).snapshot.context as never;
  const plan = sound(
    planHandOn(
      { id: directive, context },
      { by: 'kt-truong', parts: [{ id: part, lead: ['khuyen-nong'], deadline: { date: '2026-11-13' } }] },
      cascadeFacts,
    ),
  );
  const [input] = plan.elsewhere;
  if (!input) throw new Error('nothing goes elsewhere');
  await test.start(remotePartLifecycle, input, { id: part });
  await test.send(directiveLifecycle, directive, plan.parent);
  return { test, directive, part, input };
}
