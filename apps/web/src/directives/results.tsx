import type { Directive } from '../api/client';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

export function Results({ directive: { results } }: { readonly directive: Directive }) {
  const { say } = useWords();
  const time = useOfficeTime();
  if (results.length === 0) return null;
  return (
    <section className="card card-body" aria-labelledby="results">
      <h2 id="results">{say('page.results')}</h2>
      <ul className="results">
        {results.map(({ id, number, date, summary, file, reporter, reportedAt }) => (
          <li key={id}>
            <strong>
              {number} · {time.shortDay(date)}
            </strong>
            <p className="result-summary">{summary}</p>
            <p className="small soft">
              {say('page.resultBy', { name: reporter.name, time: time.moment(reportedAt) })}
            </p>
            {file !== null && (
              <a href={`/api/v1/files/${file}`} className="row" download>
                <Icon name="file" size={16} />
                {say('page.resultFile')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
