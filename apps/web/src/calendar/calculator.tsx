import { NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { instantIn } from '../time/office-instant';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

interface Props {
  readonly id: string;
  readonly zone: string;
  readonly today: string;
}

const units = ['wd', 'wh', 'd', 'h'] as const;

/** "N ngày làm việc từ …", and what a deadline in words means: the API counts, and tells its steps. */
export function Calculator({ id, zone, today }: Props) {
  const { say } = useWords();
  const [mode, setMode] = useState<'add' | 'words'>('add');
  return (
    <section className="card card-body stack calculator" aria-labelledby="calculator">
      <h2 id="calculator">{say('calculator.title')}</h2>
      <SegmentedControl
        value={mode}
        onChange={(chosen) => setMode(chosen)}
        data={[
          { value: 'add', label: say('calculator.add') },
          { value: 'words', label: say('calculator.words') },
        ]}
        aria-label={say('calculator.title')}
      />
      {mode === 'add' ? <Adding id={id} zone={zone} today={today} /> : <InWords id={id} today={today} />}
    </section>
  );
}

function Adding({ id, zone, today }: Props) {
  const { say, sayCode } = useWords();
  const [amount, setAmount] = useState<number | string>(5);
  const [unit, setUnit] = useState<string>('wd');
  const [date, setDate] = useState(today);
  const [clock, setClock] = useState('08:00');
  const isWhole = typeof amount === 'number' && amount !== 0 && date !== '' && clock !== '';
  const [question] = useDebouncedValue(
    { from: isWhole ? instantIn(zone, date, clock) : '', add: `${amount}${unit}` },
    250,
  );
  const counted = useQuery({
    queryKey: ['calendars', id, 'due', question],
    queryFn: () =>
      answerOf(client.GET('/api/v1/calendars/{id}/due', { params: { path: { id }, query: question } })),
    enabled: question.from !== '',
    retry: false,
  });
  return (
    <>
      <div className="calculator-fields">
        <NumberInput
          label={say('calculator.amount')}
          value={amount}
          onChange={setAmount}
          min={-250}
          max={250}
          allowDecimal={false}
        />
        <NativeSelect
          label={say('calculator.unit')}
          data={units.map((value) => ({ value, label: sayCode('countedUnit', value) }))}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={say('calculator.from')}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          label={say('calculator.at')}
          value={clock}
          onChange={(event) => setClock(event.currentTarget.value)}
        />
      </div>
      <ProblemNotice error={counted.error} />
      {counted.data && !counted.error && (
        <Answer due={counted.data.due} steps={counted.data.steps} warnings={counted.data.warnings} />
      )}
    </>
  );
}

function InWords({ id, today }: Omit<Props, 'zone'>) {
  const { say } = useWords();
  const [phrase, setPhrase] = useState('');
  const [from, setFrom] = useState(today);
  const [question] = useDebouncedValue({ phrase: phrase.trim(), from }, 300);
  const resolved = useQuery({
    queryKey: ['calendars', id, 'resolve', question],
    queryFn: () =>
      answerOf(client.GET('/api/v1/calendars/{id}/resolve', { params: { path: { id }, query: question } })),
    enabled: question.phrase !== '' && question.from !== '',
    retry: false,
  });
  return (
    <>
      <div className="calculator-fields calculator-words">
        <TextInput
          label={say('calculator.phrase')}
          placeholder={say('calculator.phraseExample')}
          value={phrase}
          onChange={(event) => setPhrase(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={say('calculator.documentDate')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      </div>
      <ProblemNotice error={resolved.error} />
      {resolved.data && !resolved.error && (
        <Answer due={resolved.data.due} steps={resolved.data.steps} warnings={resolved.data.warnings} />
      )}
    </>
  );
}

interface Told {
  readonly vi: string;
  readonly en: string;
}

interface AnswerProps {
  readonly due: string | null;
  readonly steps: readonly Told[];
  readonly warnings: readonly (Told & { readonly code: string })[];
}

function Answer({ due, steps, warnings }: AnswerProps) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  return (
    <div className="stack-tight" role="status">
      <p className="calculator-due">
        <span className="small soft">{say('calculator.due')}</span>
        <strong className="capital">{due === null ? say('calculator.open') : time.clock(due)}</strong>
      </p>
      {warnings.map((warning) => (
        <p key={warning.code} className="notice tone-warn small">
          <Icon name="alert" />
          <span>{told(warning)}</span>
        </p>
      ))}
      <ol className="steps-told small">
        {steps.map((step, index) => (
          <li key={index}>{told(step)}</li>
        ))}
      </ol>
    </div>
  );
}
