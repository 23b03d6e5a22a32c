import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { rulesListQuery, rulesVersionQuery } from '../administration/admin-queries';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useHolds } from '../session/holds';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { RulesListed } from './rules-shape';
import { RulesView } from './rules-view';
import './rules.css';

/** The working rules in force, or the version in the address; every version beside it. */
export default function RulesPage() {
  const { version } = useParams();
  const list = useQuery(rulesListQuery);
  return (
    <Reading query={list}>{(items) => <Rules items={items} {...(version && { wanted: version })} />}</Reading>
  );
}

function Rules({ items, wanted }: { readonly items: readonly RulesListed[]; readonly wanted?: string }) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  const mayWrite = useHolds('administrator');
  const shown =
    wanted === undefined
      ? (items.find(({ inForce }) => inForce) ?? items[0])
      : items.find(({ version }) => String(version) === wanted);
  if (!shown)
    return <EmptyState icon="book" title={say('state.notFound')} hint={say('state.notFoundHint')} />;
  const lead = say('rules.versionFrom', { version: shown.version, date: time.shortDay(shown.validFrom) });
  return (
    <>
      <PageHead title={say('nav.rules')} lead={`${told(shown.title)} · ${lead}`}>
        {mayWrite && (
          <Button component={Link} to="/rules/new" leftSection={<Icon name="edit" />}>
            {say('rules.writeNext')}
          </Button>
        )}
      </PageHead>
      <div className="rules">
        <Version version={shown.version} />
        <Versions items={items} shown={shown} />
      </div>
    </>
  );
}

function Version({ version }: { readonly version: number }) {
  const query = useQuery(rulesVersionQuery(version));
  return <Reading query={query}>{(data) => <RulesView version={data} />}</Reading>;
}

function Versions({ items, shown }: { readonly items: readonly RulesListed[]; readonly shown: RulesListed }) {
  const { say } = useWords();
  const time = useOfficeTime();
  return (
    <aside className="versions" aria-labelledby="versions">
      <h2 id="versions">{say('rules.versions')}</h2>
      <ol className="card version-list">
        {items.map(({ version, validFrom, inForce, note, putInForceBy, putInForceAt, newerAbove }) => (
          <li key={version}>
            <span className="row spread">
              <Link
                to={`/rules/versions/${version}`}
                {...(version === shown.version && { 'aria-current': 'page' })}
              >
                {say('rules.version', { version })}
              </Link>
              {inForce && (
                <Badge tone="good" icon="check">
                  {say('rules.inForce')}
                </Badge>
              )}
            </span>
            <span className="small soft">{say('rules.from', { date: time.shortDay(validFrom) })}</span>
            {note !== null && <span className="small">{note}</span>}
            {putInForceBy && putInForceAt !== null && (
              <span className="small soft">
                {putInForceBy.name}, {time.moment(putInForceAt)}
              </span>
            )}
            {newerAbove !== null && (
              <Badge tone="warn" icon="alert">
                {say('rules.newerAbove', { version: newerAbove })}
              </Badge>
            )}
          </li>
        ))}
      </ol>
    </aside>
  );
}
