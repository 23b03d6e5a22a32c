import { Checkbox } from '@mantine/core';
import { useWords } from '../words/words';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: readonly number[];
  readonly error: string | null;
  readonly change: (days: readonly number[]) => void;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Some days of the week, ISO numbers, in order. */
export function Weekdays({ label, hint, value, error, change }: Props) {
  const { sayCode } = useWords();
  return (
    <Checkbox.Group
      label={label}
      description={hint}
      error={error}
      value={value.map(String)}
      onChange={(chosen) => change(chosen.map(Number).sort((a, b) => a - b))}
    >
      <div className="row weekdays">
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            value={String(day)}
            label={sayCode('weekdayShort', String(day))}
            aria-label={`${label}: ${sayCode('weekday', String(day))}`}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
