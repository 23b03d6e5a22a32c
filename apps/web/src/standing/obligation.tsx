import { Link } from 'react-router';
import type { Obligation } from '../api/client';
import { Matter, type Offered } from '../directives/matters';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

const offered: Readonly<Record<Obligation['allowed'][number], Offered>> = {
  report: { form: 'report-period', act: 'report' },
  accept: { form: 'accept-period', act: 'accept' },
  'send-back': { form: 'send-back-period', act: 'send-back' },
};

interface Props {
  readonly obligation: Obligation;
  /** Whether it stands beside its standing directive, whose words need no repeating. */
  readonly isBeside?: boolean;
}

/** The report of one period, with what the reader can do about it. */
export function ObligationItem({ obligation: one, isBeside = false }: Props) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  return (
    <Matter
      base={`/reporting-obligations/${one.id}`}
      title={told(one.period.name)}
      family="obligation"
      state={one.state}
      isLate={one.late}
      revision={one.revision}
      offered={one.allowed.map((act) => offered[act])}
    >
      {!isBeside && <Link to={`/standing/${one.standing.id}`}>{one.standing.text}</Link>}
      <p className="small soft">
        {[
          ...(isBeside ? [] : [one.lead.name]),
          say('standing.dueAt', { time: time.moment(one.dueAt) }),
          ...(one.reportedAt === null
            ? []
            : [say('standing.reportedAt', { time: time.moment(one.reportedAt) })]),
        ].join(' · ')}
      </p>
      {one.result && (
        <div className="matter-answer">
          <p>
            <strong>
              {one.result.number} · {time.shortDay(one.result.date)}
            </strong>
          </p>
          <p className="matter-words">{one.result.summary}</p>
          {one.result.file !== null && (
            <a href={`/api/v1/files/${one.result.file}`} className="row" download>
              <Icon name="file" size={16} />
              {say('page.resultFile')}
            </a>
          )}
        </div>
      )}
      {one.note !== null && <p>{say('matters.note', { note: one.note })}</p>}
    </Matter>
  );
}
