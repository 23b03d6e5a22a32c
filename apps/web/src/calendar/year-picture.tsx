import { Icon, type IconName } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { type Calendar, type DatedDay, type DayKind, daysOfMonth } from './calendar-shape';

export const dayIcons: Readonly<Record<DayKind, IconName>> = {
  holiday: 'star',
  'make-up-off': 'swap',
  worked: 'gear',
};

const months = Array.from({ length: 12 }, (_, index) => index + 1);
/** As many lines as the longest month needs, so that all months are of one height. */
const WEEKS = 6;
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

interface Props {
  readonly calendar: Calendar;
  readonly year: number;
  readonly today: string | null;
}

/** Twelve months: what is not an ordinary day bears a sign and its name, not a colour alone. */
export function YearPicture({ calendar, year, today }: Props) {
  const { say } = useWords();
  return (
    <div className="stack-tight">
      <ul className="legend small" aria-label={say('calendar.legend')}>
        <li>
          <span className="day day-rest" aria-hidden="true">
            7
          </span>
          {say('dayKind.rest')}
        </li>
        {(['holiday', 'make-up-off', 'worked'] as const).map((kind) => (
          <li key={kind}>
            <span className={`day day-${kind}`} aria-hidden="true">
              <Icon name={dayIcons[kind]} size={12} />
            </span>
            {say(`dayKind.${kind}`)}
          </li>
        ))}
      </ul>
      <div className="year">
        {months.map((month) => (
          <Month key={month} calendar={calendar} year={year} month={month} today={today} />
        ))}
      </div>
    </div>
  );
}

function Month({ calendar, year, month, today }: Props & { readonly month: number }) {
  const { say, sayCode, told } = useWords();
  const days = daysOfMonth(year, month);
  const known = new Map(calendar.days.map((day) => [day.date, day]));
  const lead = (days[0]?.weekday ?? 1) - 1;
  const cells = [...Array.from({ length: lead }, () => null), ...days];
  const weeks = Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => cells[week * 7 + day] ?? null),
  );
  return (
    <table className="card month">
      <caption>{say('calendar.month', { month, year })}</caption>
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              <span aria-hidden="true">{sayCode('weekdayShort', String(weekday))}</span>
              <span className="unseen">{sayCode('weekday', String(weekday))}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <tr key={index}>
            {week.map((cell, place) => {
              if (!cell) return <td key={place} />;
              const special = known.get(cell.date);
              const isRest = calendar.restDays.includes(cell.weekday);
              return (
                <td key={cell.date}>
                  <Day
                    date={cell.date}
                    isRest={isRest}
                    isToday={cell.date === today}
                    name={special ? told(special.name) : ''}
                    {...(special && { special })}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  readonly date: string;
  readonly isRest: boolean;
  readonly isToday: boolean;
  readonly name: string;
  readonly special?: DatedDay;
}

function Day({ date, isRest, isToday, name, special }: DayProps) {
  const { say } = useWords();
  const kind = special?.kind ?? (isRest ? 'rest' : 'plain');
  return (
    <span className={`day day-${kind} ${isToday ? 'day-today' : ''}`} title={name === '' ? undefined : name}>
      {Number(date.slice(8))}
      {special && (
        <>
          <Icon name={dayIcons[special.kind]} size={10} />
          <span className="unseen">
            {' '}
            {say(`dayKind.${special.kind}`)}: {name}
          </span>
        </>
      )}
      {kind === 'rest' && <span className="unseen"> {say('dayKind.rest')}</span>}
      {isToday && <span className="unseen"> {say('calendar.today')}</span>}
    </span>
  );
}

/** The same year as a list, each day with the notice or article that makes it what it is. */
export function YearList({ calendar, year }: Omit<Props, 'today'>) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  const days = calendar.days
    .filter(({ date }) => date.startsWith(`${year}-`))
    .sort((a, b) => a.date.localeCompare(b.date));
  if (days.length === 0) return <p className="soft">{say('calendar.noDays', { year })}</p>;
  return (
    <ul className="card day-list">
      {days.map(({ date, kind, name, notice, basis, inPlaceOf }) => (
        <li key={date}>
          <span className={`day day-${kind}`} aria-hidden="true">
            <Icon name={dayIcons[kind]} size={14} />
          </span>
          <span>
            <strong className="capital">{time.day(date)}</strong>
            <span className="small soft">
              {say(`dayKind.${kind}`)}
              {inPlaceOf !== undefined &&
                `, ${say('calendar.inPlaceOf', { date: time.shortDay(inPlaceOf) })}`}
            </span>
          </span>
          <span>
            {told(name)}
            <span className="small soft">
              {notice ? `${notice.number}, ${notice.issuer}` : (basis ?? '')}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
