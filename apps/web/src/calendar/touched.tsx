import { Link } from 'react-router';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

interface Props {
  readonly touched: readonly {
    readonly directive: string;
    readonly date: string;
    readonly worked: boolean;
  }[];
}

/** Deadlines that fall on a day which changes. They stay as they are until somebody sets them otherwise. */
export function Touched({ touched }: Props) {
  const { say } = useWords();
  const time = useOfficeTime();
  return (
    <div className={`notice ${touched.length > 0 ? 'tone-warn' : 'tone-good'}`} role="status">
      <Icon name={touched.length > 0 ? 'alert' : 'check'} />
      <div>
        <p>
          <strong>
            {touched.length > 0
              ? say('calendar.touched', { count: touched.length })
              : say('calendar.touchedNone')}
          </strong>
        </p>
        {touched.length > 0 && (
          <ul>
            {touched.map(({ directive, date, worked }) => (
              <li key={directive}>
                <Link to={`/directives/${directive}`}>{time.shortDay(date)}</Link>{' '}
                {say(worked ? 'calendar.becomesWorked' : 'calendar.becomesOff')}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
