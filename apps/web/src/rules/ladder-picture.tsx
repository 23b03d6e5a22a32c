import type { CSSProperties } from 'react';
import { Icon } from '../look/icon';
import { Badge } from '../look/status-badge';
import { type Words, useWords } from '../words/words';
import { Basis } from './basis';
import { offsetWords } from './rule-value';
import type { Rung } from './rules-shape';

interface Props {
  readonly rungs: readonly Rung[];
  /** What the rungs are counted from, in words. */
  readonly from: string;
  readonly label: string;
}

const side = ({ offset: { amount } }: Rung): 'before' | 'at' | 'after' =>
  amount < 0 ? 'before' : amount === 0 ? 'at' : 'after';

/** The rungs on a line through the instant that they are counted from; on a phone the line runs downward. */
export function LadderPicture({ rungs, from, label }: Props) {
  const words = useWords();
  const before = rungs.filter((rung) => side(rung) === 'before');
  const after = rungs.filter((rung) => side(rung) !== 'before');
  return (
    <ol className="ladder" aria-label={label} style={{ '--rungs': rungs.length + 1 } as CSSProperties}>
      {before.map((rung) => (
        <RungPoint key={rung.id} rung={rung} words={words} />
      ))}
      <li className="rung rung-deadline">
        <span className="rung-mark">
          <Icon name="clock" size={16} />
        </span>
        <strong>{from}</strong>
      </li>
      {after.map((rung) => (
        <RungPoint key={rung.id} rung={rung} words={words} />
      ))}
    </ol>
  );
}

function RungPoint({ rung, words }: { readonly rung: Rung; readonly words: Words }) {
  const { say, sayCode, told } = words;
  const escalates = rung.kind === 'escalate';
  return (
    <li className={`rung rung-${side(rung)} ${escalates ? 'rung-escalates' : ''}`}>
      <span className="rung-mark">
        <Icon name={escalates ? 'gavel' : 'bell'} size={16} />
      </span>
      <strong>{offsetWords(rung.offset, words)}</strong>
      {rung.kind !== undefined && (
        <Badge tone={escalates ? 'bad' : 'info'}>{sayCode('rungKind', rung.kind)}</Badge>
      )}
      <span className="rung-to">{rung.to.map((one) => sayCode('audience', one)).join(', ')}</span>
      <span className="small soft">{rung.channels.map((one) => sayCode('channel', one)).join(', ')}</span>
      <details className="rung-more">
        <summary>
          {rung.article}
          <span className="unseen">: {say('rules.rungMore')}</span>
        </summary>
        <p>{told(rung.demand)}</p>
        <Basis basis={rung.legalBasis} />
      </details>
    </li>
  );
}
