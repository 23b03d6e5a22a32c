import { Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { resolvedQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

interface Props {
  readonly phrase: string;
  readonly date: string;
  /** The day from which the words are counted. */
  readonly from: string;
  /** Whose calendar counts; null: nobody is named yet. */
  readonly lead: string | null;
  readonly error: string | null;
  readonly change: (deadline: { readonly phrase: string; readonly date: string }) => void;
}

/** What the words mean by the conventions of the office, while they are typed. */
export function useResolved(phrase: string, from: string, lead: string | null) {
  const [asked] = useDebouncedValue(phrase.trim(), 300);
  const query = useQuery({
    ...resolvedQuery(asked, from, lead),
    placeholderData: keepPreviousData,
  });
  return { ...query, isSettled: asked === phrase.trim() && !query.isFetching };
}

/** A deadline in the words it was given in, and what day they mean and why; or the day itself. */
export function DeadlineWords({ phrase, date, from, lead, error, change }: Props) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  const { data, isFetching } = useResolved(phrase, from, lead);
  const resolved = phrase.trim() === '' ? undefined : data;
  return (
    <div className="deadline-words">
      <TextInput
        label={`${say('hand.words')} (${say('word.optional')})`}
        description={say('hand.wordsHint')}
        value={phrase}
        maxLength={500}
        error={error}
        rightSection={isFetching ? <Loader size={16} /> : null}
        onChange={(event) => change({ phrase: event.currentTarget.value, date })}
      />
      <TextInput
        type="date"
        label={`${say('hand.date')} (${say('word.optional')})`}
        value={date}
        onChange={(event) => change({ phrase, date: event.currentTarget.value })}
        description={date === '' ? ' ' : time.day(date)}
      />
      {resolved && date === '' && (
        <div
          className={`notice ${resolved.date === null ? 'tone-warn' : 'tone-info'} deadline-resolved`}
          role="status"
        >
          <Icon name={resolved.date === null ? 'hourglass' : 'calendar'} />
          <div>
            <p>
              <strong>
                {resolved.date === null
                  ? say('hand.unresolved')
                  : say('hand.resolved', { date: time.day(resolved.date) })}
              </strong>
            </p>
            {resolved.warnings.map((warning) => (
              <p key={warning.code} className="small">
                {told(warning)}
              </p>
            ))}
            {resolved.steps.length > 0 && (
              <details className="small">
                <summary>{say('page.why')}</summary>
                <ol>
                  {resolved.steps.map((step) => (
                    <li key={step.vi}>{told(step)}</li>
                  ))}
                </ol>
              </details>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
