import { Button } from '@mantine/core';
import { ApiProblem } from '../api/problem';
import { useWords } from '../words/words';
import { Icon } from './icon';

interface Props {
  readonly error: Error | null;
  /** Fields whose reasons stand beside them already. */
  readonly shown?: readonly string[];
  readonly retry?: () => void;
}

/** Why something was not done or could not be read, in the reader's language. */
export function ProblemNotice({ error, shown = [], retry }: Props) {
  const { say, told } = useWords();
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const others = (problem?.body?.errors ?? []).filter(
    ({ field }) =>
      !shown.some((one) => field === one || field.startsWith(`${one}[`) || one.startsWith(`${field}.`)),
  );
  // A single reason is the headline already.
  const more = others.filter(({ vi, en }) => vi !== problem?.words.vi || en !== problem.words.en);
  // Every reason stands beside its field: said once is enough.
  const isMarked = shown.length > 0 && (problem?.body?.errors ?? []).length > 0 && others.length === 0;
  return (
    <div className="notice tone-bad" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>
            {!problem ? say('state.crashed') : isMarked ? say('state.marked') : told(problem.words)}
          </strong>
        </p>
        {problem?.status === 412 && <p>{say('state.stale')}</p>}
        {more.length > 0 && (
          <ul>
            {more.map((one) => (
              <li key={`${one.field} ${one.code}`}>{told(one)}</li>
            ))}
          </ul>
        )}
        {problem?.body?.requestId !== undefined && problem.status >= 500 && (
          <p className="small">{problem.body.requestId}</p>
        )}
        {retry && (
          <Button size="compact-sm" variant="default" mt={8} onClick={retry}>
            {say('state.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
