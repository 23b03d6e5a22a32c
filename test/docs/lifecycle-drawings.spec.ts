import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { remotePartLifecycle } from '@dondoc/domain/lifecycles/cascade/remote-part.lifecycle';
import { consultationLifecycle } from '@dondoc/domain/lifecycles/consultation/consultation.lifecycle';
import { delegationLifecycle } from '@dondoc/domain/lifecycles/delegation/delegation.lifecycle';
import { digestLifecycle } from '@dondoc/domain/lifecycles/digest.lifecycle';
import { directiveLifecycle } from '@dondoc/domain/lifecycles/directive.lifecycle';
import { dispatchLifecycle } from '@dondoc/domain/lifecycles/dispatch.lifecycle';
import { escalationLifecycle } from '@dondoc/domain/lifecycles/escalation.lifecycle';
import { explanationLifecycle } from '@dondoc/domain/lifecycles/explanation/explanation.lifecycle';
import { reportingObligationLifecycle } from '@dondoc/domain/lifecycles/standing/reporting-obligation.lifecycle';
import { standingDirectiveLifecycle } from '@dondoc/domain/lifecycles/standing/standing-directive.lifecycle';
import { extensionRequestLifecycle } from '@dondoc/domain/lifecycles/extension-request.lifecycle';
import { drawLifecycle, type DrawnInstance, type Lifecycle } from '@dondoc/workflow';
import { TestRuntime } from '@dondoc/workflow/testing';
import { delivery, purchaseOrder } from '@dondoc/workflow/testing/purchase-order.lifecycle';
import { fine, hooks, loan } from '@dondoc/workflow/tutorial/loan.lifecycle';

const root = join(__dirname, '..', '..');
const DAY = 86_400_000;
const REFRESH = 'REFRESH_DRAWINGS=1 npx jest --selectProjects unit -- lifecycle-drawings';

function drawn(test: TestRuntime, id: string): DrawnInstance {
  return { value: test.state(id), path: test.history(id), timers: test.timers(id) };
}

async function lateLoan(): Promise<DrawnInstance> {
  const test = new TestRuntime({ lifecycles: [loan, fine], hooks });
  const id = await test.start(loan, { reader: 'an', book: 'Truyện Kiều', dueAt: test.now + 30 * DAY });
  await test.advance(29 * DAY);
  await test.send(loan, id, { type: 'renew', dueAt: test.now + 30 * DAY });
  await test.advance(31 * DAY);
  return drawn(test, id);
}

async function postponedOrder(): Promise<DrawnInstance> {
  const test = new TestRuntime({ lifecycles: [purchaseOrder, delivery] });
  const nudges = [test.now + DAY, test.now + 5 * DAY];
  const id = await test.start(purchaseOrder, { buyer: 'an', answerBy: test.now + 9 * DAY, nudges });
  await test.advance(2 * DAY);
  await test.send(purchaseOrder, id, { type: 'postpone', answerBy: test.now + 20 * DAY });
  return drawn(test, id);
}

/** Every drawing that the documents show, made from the lifecycles as they are. */
const drawings: readonly {
  readonly path: string;
  readonly lifecycle: Lifecycle;
  readonly instance?: () => Promise<DrawnInstance>;
}[] = [
  { path: 'docs/lifecycles/directive.svg', lifecycle: directiveLifecycle },
  { path: 'docs/lifecycles/escalation.svg', lifecycle: escalationLifecycle },
  { path: 'docs/lifecycles/consultation.svg', lifecycle: consultationLifecycle },
  { path: 'docs/lifecycles/delegation.svg', lifecycle: delegationLifecycle },
  { path: 'docs/lifecycles/standing-directive.svg', lifecycle: standingDirectiveLifecycle },
  { path: 'docs/lifecycles/reporting-obligation.svg', lifecycle: reportingObligationLifecycle },
  { path: 'docs/lifecycles/explanation.svg', lifecycle: explanationLifecycle },
  { path: 'docs/lifecycles/dispatch.svg', lifecycle: dispatchLifecycle },
  { path: 'docs/lifecycles/digest.svg', lifecycle: digestLifecycle },
  { path: 'docs/lifecycles/extension-request.svg', lifecycle: extensionRequestLifecycle },
  { path: 'docs/lifecycles/remote-part.svg', lifecycle: remotePartLifecycle },
  { path: 'libs/workflow/docs/purchase-order.svg', lifecycle: purchaseOrder },
  {
    path: 'libs/workflow/docs/purchase-order-under-way.svg',
    lifecycle: purchaseOrder,
    instance: postponedOrder,
  },
  { path: 'libs/workflow/docs/loan.svg', lifecycle: loan },
  { path: 'libs/workflow/docs/loan-overdue.svg', lifecycle: loan, instance: lateLoan },
];

describe('the drawings in the documents', () => {
  it.each(drawings)('$path shows the lifecycle as it is', async ({ path, lifecycle, instance }) => {
    const made = drawLifecycle(lifecycle, {
      language: 'en',
      ...(instance && { instance: await instance() }),
    });
    const file = join(root, path);
    if (process.env['REFRESH_DRAWINGS']) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, made);
    }
    const kept = readFileSync(file, 'utf8');
    if (kept !== made) throw new Error(`${path} shows another lifecycle; draw it anew: ${REFRESH}`);
  });
});
