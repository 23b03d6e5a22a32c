import { type OutboxRecord } from '@dondoc/workflow';
import { rulesWithHeadApproval, sampleOffice } from '../../sample/sample-files';
import { SimulatedOffice } from '../../simulation/simulated-office';
import { instantOfLocal } from '../../simulation/scenario';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { type DirectiveContext } from '../directive.types';
import { partReport } from './part-report';
import { type PartOrder } from './remote-part.types';

const local = (text: string): number => instantOfLocal(text, sampleCalendar.zone);
const ABOVE = 'tinh';
const PART = 'part-1';

/** The office that receives parts, on a Monday morning. */
class Receiver {
  readonly told: string[] = [];
  readonly office: SimulatedOffice = new SimulatedOffice({
    office: sampleOffice().directory,
    notices: [],
    rules: rulesWithHeadApproval(),
    calendar: sampleCalendar,
    from: local('2026-11-02 08:00'),
    outside: { giveAcross: () => undefined, reportToSource: (row) => this.tell(row) },
  });
  private number = 0;

  async order(order: Pick<PartOrder, 'deadline' | 'suspended'>): Promise<void> {
    this.number += 1;
    const { number } = this;
    const refused = await this.office.received.order({
      ...{ key: `order-${number}`, from: ABOVE, part: PART, sourceDate: '2026-11-02', field: null },
      ...{ urgency: 'normal', order: { ...order, number, ended: null } },
    });
    expect(refused).toBeNull();
  }

  async act(act: { readonly by: string; readonly act: 'suspend' | 'resume'; readonly reason?: string }) {
    const { memory } = this.office;
    expect(
      await this.office.play({
        ...act,
        at: new Date(memory.now).toISOString(),
        directive: `${PART}#1`,
      } as never),
    ).toBeNull();
  }

  get directive() {
    const [found] = this.office.directives();
    if (!found) throw new Error('nothing was received');
    return found;
  }

  openEscalations(): number {
    const { memory, organization } = this.office;
    return memory.store
      .instances(organization)
      .filter(({ lifecycle, status }) => lifecycle === 'escalation' && status === 'active').length;
  }

  private tell({ instance, revision, payload }: OutboxRecord): void {
    const { deadline } = payload as unknown as { readonly deadline: number | null };
    const entry = this.office.historyOf(instance).find((one) => one.revision === revision);
    if (!entry) throw new Error(`there is no revision ${revision}`);
    this.told.push(partReport({ directive: instance, revision, deadline }, entry).work);
  }
}

const stopped = (since: string) => ({ since: local(since), reason: 'Mưa lũ' });

describe('a part that was received from another organization', () => {
  it('goes on by the word of its own people where they stopped it, whatever is ordered meanwhile', async () => {
    const receiver = new Receiver();
    const deadline = local('2026-11-20 17:00');
    await receiver.order({ deadline, suspended: null });
    await receiver.act({ by: 'chutich', act: 'suspend', reason: 'Chờ mặt bằng' });
    await receiver.office.advanceTo(local('2026-11-04 08:00'));
    await receiver.order({ deadline, suspended: stopped('2026-11-04 08:00') });
    await receiver.office.advanceTo(local('2026-11-06 08:00'));
    await receiver.order({ deadline, suspended: null });
    expect(receiver.directive.work).toBe('suspended');
    await receiver.act({ by: 'chutich', act: 'resume' });
    expect(receiver.directive.work).toBe('assigned');
  });

  it('is due by the limit that moved while it stood still, not by the one that had passed', async () => {
    const receiver = new Receiver();
    const past = local('2026-11-03 17:00');
    await receiver.order({ deadline: past, suspended: null });
    await receiver.office.advanceTo(local('2026-11-04 08:00'));
    await receiver.order({ deadline: past, suspended: stopped('2026-11-04 08:00') });
    await receiver.office.advanceTo(local('2026-11-11 08:00'));
    const deadline = local('2026-11-23 17:00');
    await receiver.order({ deadline, suspended: null });
    const { context, work } = receiver.directive;
    expect(work).toBe('assigned');
    expect(context.deadline?.at).toBe(deadline);
    expect(context.ladder.rungs.every(({ at }) => at > local('2026-11-12 00:00'))).toBe(true);
    expect(receiver.openEscalations()).toBe(0);
  });

  it('takes back what was escalated for a limit that is no longer the one', async () => {
    const receiver = new Receiver();
    await receiver.order({ deadline: local('2026-11-03 17:00'), suspended: null });
    await receiver.office.advanceTo(local('2026-11-11 08:00'));
    expect(receiver.openEscalations()).toBe(1);
    await receiver.order({ deadline: local('2026-12-01 17:00'), suspended: null });
    expect(receiver.openEscalations()).toBe(0);
    expect((receiver.directive.context satisfies DirectiveContext).escalations).toEqual([]);
    await receiver.office.advanceTo(local('2026-12-09 08:00'));
    expect(receiver.openEscalations()).toBe(1);
  });

  it('tells its source that it is under way once somebody reports, also while the head has not approved', async () => {
    const receiver = new Receiver();
    await receiver.order({ deadline: local('2026-11-20 17:00'), suspended: null });
    const at = '2026-11-02 08:00';
    const directive = `${PART}#1`;
    const result = { number: '1/BC', date: '2026-11-02', summary: 'Đã xong', file: null };
    expect(await receiver.office.play({ at, by: 'vp-cv', act: 'report', directive, result })).toBeNull();
    expect(receiver.directive.work).toBe('awaiting-head');
    expect(receiver.told.at(-1)).toBe('in-progress');
  });
});
