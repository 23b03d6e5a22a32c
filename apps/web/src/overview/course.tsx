import { SegmentedControl } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { client, type Course } from '../api/client';
import { answerOf } from '../api/problem';
import { ProblemNotice } from '../look/problem-notice';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { ComingDays } from './coming-days';
import './course.css';

type Span = 'week' | 'month';

export const FIRST_SPAN: Span = 'week';

export const courseQuery = (by: Span) =>
  queryOptions({
    queryKey: ['totals', 'course', by],
    queryFn: () => answerOf(client.GET('/api/v1/totals/course', { params: { query: { by } } })),
    placeholderData: (before: Course | undefined) => before,
  });

/** How it has gone, how old what is late has grown, and what comes. */
export function CourseOfWork() {
  const [by, setBy] = useState<Span>(FIRST_SPAN);
  const { data, error, refetch } = useQuery(courseQuery(by));
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return null;
  return (
    <div className="course">
      <Trend trend={data.trend} by={by} choose={setBy} />
      <AgeingOfLate ageing={data.ageing} />
      <ComingDays days={data.coming} today={data.asOf} />
    </div>
  );
}

interface TrendProps {
  readonly trend: Course['trend'];
  readonly by: Span;
  readonly choose: (by: Span) => void;
}

const HEIGHT = 120;

/** What was closed week by week, on time and late; the same in a table for whoever does not see it. */
function Trend({ trend, by, choose }: TrendProps) {
  const { say } = useWords();
  const time = useOfficeTime();
  const closed = (one: TrendProps['trend'][number]) => one.onTime + one.late + one.noDeadline;
  const most = Math.max(1, ...trend.map((one) => Math.max(closed(one), one.assigned)));
  const isEmpty = trend.every((one) => closed(one) + one.assigned === 0);
  const short = (date: string) => time.shortDay(date).slice(0, 5);
  const named = (from: string) => (by === 'week' ? short(from) : time.shortDay(from).slice(3));
  const list = (from: string, to: string, lateness: string) =>
    `/directives?state=closed&lateness=${lateness}&closedFrom=${from}&closedTo=${to}`;
  return (
    <section className="card card-body course-wide" aria-labelledby="course-trend">
      <div className="row spread">
        <h2 id="course-trend">{say('course.trend')}</h2>
        <SegmentedControl
          size="xs"
          value={by}
          onChange={(value) => choose(value === 'month' ? 'month' : 'week')}
          data={[
            { value: 'week', label: say('course.byWeek') },
            { value: 'month', label: say('course.byMonth') },
          ]}
          aria-label={say('course.span')}
        />
      </div>
      {isEmpty ? (
        <p className="soft course-none">{say('course.trendNone')}</p>
      ) : (
        <>
          <div className="trend" aria-hidden="true">
            {trend.map((one) => (
              <div key={one.from} className="trend-span">
                <div className="trend-bars">
                  <svg viewBox={`0 0 24 ${HEIGHT}`} preserveAspectRatio="none" className="trend-bar">
                    <rect
                      className="trend-assigned"
                      x="1"
                      width="22"
                      y={HEIGHT - (one.assigned / most) * (HEIGHT - 4)}
                      height={(one.assigned / most) * (HEIGHT - 4)}
                    />
                    <Stack
                      parts={[
                        ['good', one.onTime],
                        ['none', one.noDeadline],
                        ['overdue', one.late],
                      ]}
                      most={most}
                    />
                  </svg>
                </div>
                <span className="trend-name">{named(one.from)}</span>
              </div>
            ))}
          </div>
          <ul className="legend small" aria-hidden="true">
            <li>
              <span className="swatch bar-good" />
              {say('course.onTime')}
            </li>
            <li>
              <span className="swatch bar-overdue" />
              {say('course.late')}
            </li>
            <li>
              <span className="swatch bar-assigned" />
              {say('course.assigned')}
            </li>
          </ul>
          <details className="course-table">
            <summary>{say('course.asTable')}</summary>
            <div className="agency-scroll" tabIndex={0} role="group" aria-labelledby="course-trend">
              <table className="agency-table">
                <thead>
                  <tr>
                    <th scope="col">{say(by === 'week' ? 'course.week' : 'course.month')}</th>
                    <th scope="col" className="number">
                      {say('course.assigned')}
                    </th>
                    <th scope="col" className="number">
                      {say('course.onTime')}
                    </th>
                    <th scope="col" className="number">
                      {say('course.late')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {trend.map(({ from, to, assigned, onTime, late }) => (
                    <tr key={from}>
                      <th scope="row">
                        {short(from)} – {time.shortDay(to)}
                      </th>
                      <td className="number">{assigned}</td>
                      <td className="number">
                        {onTime === 0 ? '0' : <Link to={list(from, to, 'on-time')}>{onTime}</Link>}
                      </td>
                      <td className="number">
                        {late === 0 ? '0' : <Link to={list(from, to, 'late')}>{late}</Link>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </section>
  );
}

interface StackProps {
  readonly parts: readonly (readonly [name: string, count: number])[];
  readonly most: number;
}

function Stack({ parts, most }: StackProps) {
  const heights = parts.map(([, count]) => (count / most) * (HEIGHT - 4));
  return parts.map(([name, count], index) => {
    const below = heights.slice(0, index).reduce((sum, height) => sum + height, 0);
    const height = heights[index] ?? 0;
    if (count === 0) return null;
    return (
      <rect
        key={name}
        className={`bar-${name}`}
        x="6"
        width="12"
        y={HEIGHT - below - height}
        height={Math.max(1, height - 1)}
      />
    );
  });
}

/** One row per age, which leads to its list. */
function AgeingOfLate({ ageing }: { readonly ageing: Course['ageing'] }) {
  const { say } = useWords();
  const most = Math.max(1, ...ageing.map(({ count }) => count));
  const isEmpty = ageing.every(({ count }) => count === 0);
  const named = ({ least, most: upTo }: Course['ageing'][number]) =>
    upTo === null
      ? say('course.over', { days: least - 1 })
      : least === 0
        ? say('course.upTo', { days: upTo })
        : say('course.between', { least, most: upTo });
  return (
    <section className="card card-body" aria-labelledby="course-ageing">
      <h2 id="course-ageing">{say('course.ageing')}</h2>
      <p className="small soft">{say('course.ageingHint')}</p>
      {isEmpty ? (
        <p className="soft course-none">{say('course.ageingNone')}</p>
      ) : (
        <table className="ageing">
          <thead className="unseen">
            <tr>
              <th scope="col">{say('course.ageing')}</th>
              <th scope="col">{say('overview.overdue')}</th>
            </tr>
          </thead>
          <tbody>
            {ageing.map((one) => (
              <tr key={one.least}>
                <th scope="row">{named(one)}</th>
                <td>
                  <span className="ageing-value">
                    {one.count === 0 ? (
                      <span className="soft">0</span>
                    ) : (
                      <Link
                        to={`/directives?lateness=overdue&dueFrom=${one.dueFrom ?? ''}&dueTo=${one.dueTo ?? ''}`}
                      >
                        {one.count}
                      </Link>
                    )}
                    <svg
                      viewBox="0 0 100 10"
                      preserveAspectRatio="none"
                      className="ageing-bar"
                      aria-hidden="true"
                    >
                      <rect className="bar-overdue" width={(one.count / most) * 100} height="10" />
                    </svg>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
