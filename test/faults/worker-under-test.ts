// A worker in a process of its own that ends, halts or fails where its parent says.
import { delivery, purchaseOrder } from '@dondoc/workflow/testing/purchase-order.lifecycle';
import { isRefusal } from '@dondoc/workflow';
import { bells } from './bell.lifecycle';
import { employ } from './employed-worker';
import { type Assignment, type Order, type Report } from './process-orders';
import { fail, Trouble } from './trouble';

const acts = {
  kill: () => void process.kill(process.pid, 'SIGKILL'),
  hang: () => {
    say({ said: 'halted' });
    return new Promise<void>(() => undefined);
  },
  throw: fail,
};

function say(report: Report): void {
  process.send?.(report);
}

async function main(): Promise<void> {
  const { databaseUrl, queue, organization, projects } = JSON.parse(process.argv[2] ?? '') as Assignment;
  const faults = new Trouble();
  const lifecycles = [bells, purchaseOrder, delivery];
  const { runtime, worker, close } = await employ({
    databaseUrl,
    queue,
    lifecycles,
    faults,
    ...(projects === true && { project: () => Promise.resolve() }),
  });

  const touch = async (instance: string, shared: boolean): Promise<void> => {
    const command = { instance, event: { type: 'touch' }, actor: { kind: 'system' } } as const;
    const answer = shared
      ? await runtime.send(organization, command)
      : await runtime.transaction(organization, (tx) => tx.send(command));
    if (!isRefusal(answer)) say({ said: 'touched', instance });
  };

  const obey = async (order: Order): Promise<void> => {
    switch (order.do) {
      case 'trouble':
        faults.once(order.point, order.nth, acts[order.act]);
        return;
      case 'run':
        await worker.start();
        say({ said: 'running' });
        return;
      case 'touch':
        await Promise.all(order.instances.map((instance) => touch(instance, order.shared)));
        return;
      case 'stop':
        await worker.stop();
        await close();
        process.disconnect();
    }
  };
  process.on('message', (order) => {
    obey(order as Order).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
    });
  });
  // Nobody is left to give orders: a test that ended early.
  process.on('disconnect', () => setTimeout(() => process.exit(0), 5_000).unref());
  say({ said: 'prepared', now: Date.now() });
}

void main();
