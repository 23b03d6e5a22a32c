import { Link } from 'react-router';
import type { Totals } from '../api/client';
import { useWords } from '../words/words';

type Row = Totals['byLead'][number];

const parts = [
  ['overdue', 'overview.overdue', 'lateness=overdue', (row: Row) => row.outstanding.overdue],
  ['waiting', 'overview.waiting', 'state=reported', (row: Row) => row.outstanding.awaitingVerification],
  ['within', 'overview.within', 'lateness=within', (row: Row) => row.outstanding.within],
  ['none', 'overview.noDeadline', 'lateness=no-deadline', (row: Row) => row.outstanding.noDeadline],
] as const;

/** One agency per row: a bar of what is outstanding, and the same in numbers that lead to their lists. */
export function AgencyTable({ totals }: { readonly totals: Totals }) {
  const { say } = useWords();
  const most = Math.max(1, ...totals.byLead.map(({ outstanding }) => outstanding.total));
  const rows = totals.byLead.toSorted(
    (a, b) => b.outstanding.overdue - a.outstanding.overdue || b.outstanding.total - a.outstanding.total,
  );
  return (
    <section className="card" aria-labelledby="by-agency">
      <div className="card-body agency-head">
        <h2 id="by-agency">{say('overview.byAgency')}</h2>
        <p className="small soft">{say('overview.byAgencyHint')}</p>
        <ul className="legend small" aria-hidden="true">
          {parts.map(([part, name]) => (
            <li key={part}>
              <span className={`swatch bar-${part}`} />
              {say(name)}
            </li>
          ))}
        </ul>
      </div>
      <div className="agency-scroll" tabIndex={0} role="group" aria-labelledby="by-agency">
        <table className="agency-table">
          <thead>
            <tr>
              <th scope="col">{say('overview.agency')}</th>
              <th scope="col" className="agency-bar-cell">
                {say('overview.outstanding')}
              </th>
              {parts.map(([part, name]) => (
                <th scope="col" key={part} className="number">
                  {say(name)}
                </th>
              ))}
              <th scope="col" className="number">
                {say('overview.completed')}
              </th>
              <th scope="col" className="number">
                {say('overview.rate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <AgencyRow key={row.lead.id} row={row} most={most} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function AgencyRow({ row, most }: { readonly row: Row; readonly most: number }) {
  const { lead, completed } = row;
  const judged = completed.onTime + completed.late;
  const list = (query: string) => `/directives?${query}&lead=${lead.id}`;
  return (
    <tr>
      <th scope="row">{lead.name}</th>
      <td className="agency-bar-cell">
        <Bar row={row} most={most} />
      </td>
      {parts.map(([part, , query, count]) => (
        <td key={part} className="number">
          {count(row) === 0 ? <span className="soft">0</span> : <Link to={list(query)}>{count(row)}</Link>}
        </td>
      ))}
      <td className="number">
        {completed.total === 0 ? (
          <span className="soft">0</span>
        ) : (
          <Link to={list('state=closed')}>{completed.total}</Link>
        )}
      </td>
      <td className="number">{judged === 0 ? '–' : `${Math.round((completed.onTime / judged) * 100)}%`}</td>
    </tr>
  );
}

const WIDTH = 200;
const GAP = 2;

function Bar({ row, most }: { readonly row: Row; readonly most: number }) {
  const { say } = useWords();
  const [overdue, waiting, within, none] = parts.map(([, , , count]) => count(row));
  const label = say('overview.chart', {
    agency: row.lead.name,
    overdue: overdue ?? 0,
    waiting: waiting ?? 0,
    within: within ?? 0,
    none: none ?? 0,
  });
  const widths = parts.map(([, , , count]) => (count(row) / most) * WIDTH);
  const bars = parts.map(([part], index) => ({
    part,
    x: widths.slice(0, index).reduce((sum, width) => sum + width, 0),
    width: Math.max(0, (widths[index] ?? 0) - GAP),
  }));
  return (
    <svg className="bar" viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" role="img" aria-label={label}>
      {bars
        .filter(({ width }) => width > 0)
        .map(({ part, x, width }) => (
          <rect key={part} className={`bar-${part}`} x={x} y="1" width={width} height="12" rx="2" />
        ))}
    </svg>
  );
}
