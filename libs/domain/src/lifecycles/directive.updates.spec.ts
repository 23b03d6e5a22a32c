import { type PlannedRung } from '../working-rules/climb';
import { deadline, silence } from './directive.updates';
import { type DeadlineInForce, type DirectiveContext, type DirectiveEvent } from './directive.types';

const DAY = 86_400_000;
const due = (at: number): DeadlineInForce => ({ at, phrase: '10 ngày kể từ ngày nhận' }) as DeadlineInForce;
const rung = (id: string): PlannedRung => ({
  ...{ id, at: 1, kind: 'remind', to: [], article: 'Điều 1', collapsed: [] },
});

/** Assigned on day 0, to be returned by day 2; what was due before the rules were enforced went into a summary. */
const context = (more: Partial<DirectiveContext>): DirectiveContext =>
  ({
    ...{ assignedAt: 0, returnBy: 2 * DAY, deadline: null, deadlineSince: null, originalDeadline: null },
    ...{ bySilence: null, summarized: ['t-5'], ladder: { rungs: [], sent: ['prompt'], replanned: false } },
    ...more,
  }) as DirectiveContext;

const bySilence = { deadline: due(12 * DAY), rungs: [rung('t-1')], summarized: ['t-10'] };
const noEvent = { type: 'withdrawn', at: 5 * DAY } as unknown as DirectiveEvent;

describe('a deadline that silence brings', () => {
  it('is in force since the time to return the directive was over, not since somebody noticed', () => {
    expect(silence({ context: context({ bySilence }), event: noEvent })).toMatchObject({
      deadline: bySilence.deadline,
      originalDeadline: 12 * DAY,
      deadlineSince: 2 * DAY,
    });
  });

  it('brings its own ladder and its own summary with it', () => {
    expect(silence({ context: context({ bySilence }), event: noEvent })).toMatchObject({
      ladder: { rungs: bySilence.rungs, sent: [], replanned: true },
      summarized: ['t-10'],
    });
  });

  it('is none where the words do not say one', () => {
    expect(silence({ context: context({}), event: noEvent })).toEqual({});
  });
});

describe('a deadline that is planned again', () => {
  const given = context({ deadline: due(9 * DAY), deadlineSince: DAY, originalDeadline: 9 * DAY });
  const set = (at: number): DirectiveEvent =>
    ({
      ...{ type: 'set-deadline', at: 3 * DAY, deadline: due(at), rungs: [rung('t-1')], summarized: [] },
    }) as unknown as DirectiveEvent;

  it('as it was is in force since when it was given, with another summary', () => {
    expect(deadline({ context: given, event: set(9 * DAY) })).toMatchObject({
      deadlineSince: DAY,
      summarized: [],
      ladder: { sent: ['prompt'] },
    });
  });

  it('as another is in force from now on, and the first one is remembered', () => {
    expect(deadline({ context: given, event: set(10 * DAY) })).toMatchObject({
      deadlineSince: 3 * DAY,
      originalDeadline: 9 * DAY,
      ladder: { sent: [] },
    });
  });
});
