import { type Instant } from '@dondoc/workflow';
import { type ActFacts } from './act-facts';
import { type DirectiveState } from './directive-state';
import { type DirectiveContext } from './directive.types';
import { planRulesMove } from './plan-rules-move';
import { type PlannedRung } from '../working-rules/climb';

interface Moved {
  readonly from: Instant;
  readonly to: Instant;
}

type PreviewedRung = Pick<PlannedRung, 'id' | 'at' | 'kind' | 'to' | 'article'>;

/** What a move to another version of the rules would change for one open directive. Its deadline is never changed. */
export interface MovePreview {
  /** The version that it lives under now. */
  readonly rules: string;
  readonly deadline: Instant | null;
  readonly nearDue: Moved | null;
  readonly returnBy: Moved | null;
  readonly rungs: {
    readonly added: readonly PreviewedRung[];
    readonly dropped: readonly PreviewedRung[];
    /** At another instant. */
    readonly moved: readonly (PreviewedRung & { readonly from: Instant })[];
    /** At the same instant, but to somebody else or by another article. */
    readonly changed: readonly PreviewedRung[];
  };
}

const shown = ({ id, at, kind, to, article }: PlannedRung): PreviewedRung => ({ id, at, kind, to, article });

function rungsOf(before: readonly PlannedRung[], after: readonly PlannedRung[]): MovePreview['rungs'] {
  const old = new Map(before.map((rung) => [rung.id, rung]));
  const kept = after.flatMap((rung) => {
    const was = old.get(rung.id);
    return was ? [{ rung, was }] : [];
  });
  return {
    added: after.filter(({ id }) => !old.has(id)).map(shown),
    dropped: before.filter(({ id }) => !after.some((rung) => rung.id === id)).map(shown),
    moved: kept
      .filter(({ rung, was }) => rung.at !== was.at)
      .map(({ rung, was }) => ({ ...shown(rung), from: was.at })),
    changed: kept
      .filter(
        ({ rung, was }) =>
          rung.at === was.at &&
          (rung.kind !== was.kind || rung.article !== was.article || rung.to.join() !== was.to.join()),
      )
      .map(({ rung }) => shown(rung)),
  };
}

const moved = (from: Instant | null, to: Instant | null): Moved | null =>
  from === null || to === null || from === to ? null : { from, to };

/** What the rules of `facts` would change for an open directive, if it were moved to them now. Pure. */
export function previewMove(context: DirectiveContext, state: DirectiveState, facts: ActFacts): MovePreview {
  const { deadline, returnBy, rungs } = planRulesMove(context, state, facts);
  return {
    rules: context.rules,
    deadline: context.deadline?.at ?? null,
    nearDue: moved(context.deadline?.nearDueAt ?? null, deadline?.nearDueAt ?? null),
    returnBy: moved(context.returnBy, returnBy),
    rungs: rungsOf(state.time === null ? [] : context.ladder.rungs, rungs),
  };
}

/** How many of something a move would change. */
export interface MoveTotals {
  readonly open: number;
  readonly changed: number;
  readonly rungsAdded: number;
  readonly rungsDropped: number;
  readonly rungsMoved: number;
  readonly rungsChanged: number;
  readonly nearDueMoved: number;
  readonly returnWindowsMoved: number;
}

export const noMoves: MoveTotals = {
  open: 0,
  changed: 0,
  rungsAdded: 0,
  rungsDropped: 0,
  rungsMoved: 0,
  rungsChanged: 0,
  nearDueMoved: 0,
  returnWindowsMoved: 0,
};

export function changesAnything({ nearDue, returnBy, rungs }: MovePreview): boolean {
  return nearDue !== null || returnBy !== null || Object.values(rungs).some((list) => list.length > 0);
}

export function countMove(totals: MoveTotals, preview: MovePreview): MoveTotals {
  const { nearDue, returnBy, rungs } = preview;
  return {
    open: totals.open + 1,
    changed: totals.changed + (changesAnything(preview) ? 1 : 0),
    rungsAdded: totals.rungsAdded + rungs.added.length,
    rungsDropped: totals.rungsDropped + rungs.dropped.length,
    rungsMoved: totals.rungsMoved + rungs.moved.length,
    rungsChanged: totals.rungsChanged + rungs.changed.length,
    nearDueMoved: totals.nearDueMoved + (nearDue ? 1 : 0),
    returnWindowsMoved: totals.returnWindowsMoved + (returnBy ? 1 : 0),
  };
}
