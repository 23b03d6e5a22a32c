import { Link } from 'react-router';
import type { Course } from '../api/client';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

interface Props {
  readonly days: Course['coming'];
  /** The instant of the figures. */
  readonly today: string;
}

const WEEK = 7;
const DARKEST = 4;

/** Deadlines of the coming weeks: the more of a day, the darker, with the number in it. */
export function ComingDays({ days, today }: Props) {
  const { say } = useWords();
  const time = useOfficeTime();
  const now = time.dateOf(today);
  const most = Math.max(1, ...days.map(({ count }) => count));
  const weeks = Array.from({ length: days.length / WEEK }, (_, index) =>
    days.slice(index * WEEK, (index + 1) * WEEK),
  );
  const weekday = (date: string) => time.weekday(date);
  return (
    <section className="card card-body" aria-labelledby="course-coming">
      <h2 id="course-coming">{say('course.coming')}</h2>
      <p className="small soft">{say('course.comingHint')}</p>
      <table className="coming">
        <thead>
          <tr>
            {days.slice(0, WEEK).map(({ date }) => (
              <th key={date} scope="col">
                {weekday(date)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.date}>
              {week.map(({ date, count, isWorked }) => {
                const level = count === 0 ? 0 : Math.ceil((count / most) * DARKEST);
                const isToday = date === now;
                return (
                  <td
                    key={date}
                    className={[
                      `heat-${level}`,
                      isToday && 'coming-today',
                      date < now && 'coming-past',
                      !isWorked && 'coming-rest',
                    ]
                      .filter(Boolean)
                      .join(' ')}
                    {...(isToday && { 'aria-current': 'date' as const })}
                  >
                    <span className="coming-day">
                      <span aria-hidden="true">{Number(date.slice(8))}</span>
                      <span className="unseen">
                        {time.shortDay(date)}
                        {!isWorked && ` ${say('course.rest')}`}
                      </span>
                    </span>
                    {count > 0 && (
                      <Link
                        to={`/directives?open=true&dueFrom=${date}&dueTo=${date}`}
                        className="coming-count"
                        aria-label={say('course.dueOn', { count, date: time.shortDay(date) })}
                      >
                        {count}
                      </Link>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
