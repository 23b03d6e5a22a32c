import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { RecordForm } from '../administration/record-form';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { AgencyCalendarForm } from './agency-calendar-form';
import type { AgencyEntry, DirectoryHistory } from './directory.page';
import { HeldOffices } from './held-offices';
import { sendTo } from './send-directory';

interface Props {
  readonly directory: DirectoryHistory;
  readonly id?: string;
}

/** The tree as it stands today; what has ended is below it. */
export function Agencies({ directory, id }: Props) {
  const { say } = useWords();
  const go = useNavigate();
  const { agencies, today } = directory;
  const present = agencies.filter(({ validTo }) => validTo === null || validTo >= today);
  const past = agencies.filter((agency) => !present.includes(agency));
  const chosen = agencies.find((agency) => agency.id === id);
  const isRoot = ({ parent }: AgencyEntry) => !present.some((one) => one.id === parent);
  return (
    <div className="two-sides">
      <div className="stack">
        <div className="card tree">
          <ul>
            {present.filter(isRoot).map((agency) => (
              <Node key={agency.id} agency={agency} all={present} />
            ))}
          </ul>
        </div>
        {past.length > 0 && (
          <section aria-labelledby="past-agencies" className="stack-tight">
            <h2 id="past-agencies">{say('directory.past')}</h2>
            <ul className="card tree tree-past">
              {past.map((agency) => (
                <Node key={agency.id} agency={agency} all={[]} />
              ))}
            </ul>
          </section>
        )}
      </div>
      <div className="side stack">
        {chosen ? (
          <Chosen key={chosen.id} agency={chosen} directory={directory} />
        ) : id === undefined ? (
          <div className="card">
            <RecordForm
              title="agency.add"
              submit="agency.add"
              said="directory.done"
              fields={[
                { path: 'name', label: 'agency.name', kind: 'line', isRequired: true },
                { path: 'abbreviation', label: 'agency.abbreviation', kind: 'line' },
                { path: 'parent', label: 'agency.parent', kind: 'agency' },
                { path: 'validFrom', label: 'agency.validFrom', kind: 'date', isRequired: true },
              ]}
              values={{ validFrom: today }}
              send={sendTo('agencies')}
              done={(made) => void go(`/directory/agencies/${made.id}`)}
            />
          </div>
        ) : (
          <EmptyState icon="search" title={say('state.notFound')} hint={say('state.notFoundHint')} />
        )}
      </div>
    </div>
  );
}

function Node({ agency, all }: { readonly agency: AgencyEntry; readonly all: readonly AgencyEntry[] }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const parts = all.filter(({ parent }) => parent === agency.id);
  return (
    <li>
      <span className="tree-node">
        <Icon name="building" size={16} />
        <Link to={`/directory/agencies/${agency.id}`}>{agency.name}</Link>
        {agency.abbreviation !== null && <span className="small soft">{agency.abbreviation}</span>}
        {agency.isOffice && <Badge tone="info">{say('agency.isOffice')}</Badge>}
        {agency.validTo !== null && (
          <Badge tone="plain" icon="ban">
            {say('agency.until', { date: time.shortDay(agency.validTo) })}
          </Badge>
        )}
      </span>
      {parts.length > 0 && (
        <ul>
          {parts.map((part) => (
            <Node key={part.id} agency={part} all={all} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface ChosenProps {
  readonly agency: AgencyEntry;
  readonly directory: DirectoryHistory;
}

function Chosen({ agency, directory }: ChosenProps) {
  const { say } = useWords();
  const time = useOfficeTime();
  const [form, setForm] = useState<'rename' | 'point' | 'calendar' | 'end' | null>(null);
  const nameOf = (id: string | null) => directory.agencies.find((one) => one.id === id)?.name ?? '';
  const close = () => setForm(null);
  const below = directory.organizationsBelow;
  const held = directory.people.flatMap((person) =>
    person.offices.filter((one) => one.agency === agency.id).map((office) => ({ ...office, person })),
  );
  return (
    <article className="card" aria-labelledby="agency-name">
      <div className="card-body stack-tight">
        <Link to="/directory/agencies" className="small">
          {say('agency.add')}
        </Link>
        <h2 id="agency-name">{agency.name}</h2>
        <dl className="facts">
          <div>
            <dt>{say('agency.validFrom')}</dt>
            <dd>
              {time.shortDay(agency.validFrom)}
              {agency.validTo !== null && ` – ${time.shortDay(agency.validTo)}`}
            </dd>
          </div>
          {agency.abbreviation !== null && (
            <div>
              <dt>{say('agency.abbreviation')}</dt>
              <dd>{agency.abbreviation}</dd>
            </div>
          )}
          {agency.parent !== null && (
            <div>
              <dt>{say('agency.parent')}</dt>
              <dd>{nameOf(agency.parent)}</dd>
            </div>
          )}
          {agency.successor !== null && (
            <div>
              <dt>{say('agency.successor')}</dt>
              <dd>
                <Link to={`/directory/agencies/${agency.successor}`}>{nameOf(agency.successor)}</Link>
              </dd>
            </div>
          )}
          {agency.pointsTo !== null && (
            <div>
              <dt>{say('agency.pointsTo')}</dt>
              <dd>{below.find(({ id }) => id === agency.pointsTo)?.name ?? say('agency.pointsToUnseen')}</dd>
            </div>
          )}
          {agency.calendar !== null && (
            <div>
              <dt>{say('agency.calendar')}</dt>
              <dd>
                <Link to={`/calendar/${agency.calendar}`}>{agency.calendar}</Link>
              </dd>
            </div>
          )}
          {agency.aliases.length > 0 && (
            <div>
              <dt>{say('agency.aliases')}</dt>
              <dd>{agency.aliases.join('; ')}</dd>
            </div>
          )}
          {agency.formerNames.map(({ name, usedUntil }) => (
            <div key={`${name} ${usedUntil}`}>
              <dt>{say('agency.formerName')}</dt>
              <dd>{say('agency.formerUntil', { name, date: time.shortDay(usedUntil) })}</dd>
            </div>
          ))}
          <div>
            <dt>{say('agency.open')}</dt>
            <dd>
              <Link to={`/directives?lead=${agency.id}`}>{agency.openDirectives}</Link>
            </dd>
          </div>
        </dl>
        <HeldOffices held={held} nameOf={nameOf} />
        {agency.validTo === null && form === null && (
          <div className="row">
            <Button variant="default" onClick={() => setForm('rename')}>
              {say('agency.rename')}
            </Button>
            {(below.length > 0 || agency.pointsTo !== null) && !agency.isOffice && (
              <Button variant="default" onClick={() => setForm('point')}>
                {say('agency.pointsTo')}
              </Button>
            )}
            <Button variant="default" onClick={() => setForm('calendar')}>
              {say('agency.calendar')}
            </Button>
            <Button variant="default" onClick={() => setForm('end')}>
              {say('agency.end')}
            </Button>
          </div>
        )}
      </div>
      {form === 'rename' && (
        <RecordForm
          title="agency.rename"
          hint="agency.renameHint"
          submit="agency.rename"
          said="directory.done"
          fields={[
            { path: 'name', label: 'agency.name', kind: 'line', isRequired: true },
            { path: 'abbreviation', label: 'agency.abbreviation', kind: 'line' },
            { path: 'aliases', label: 'agency.aliasesLine', kind: 'line' },
          ]}
          values={{
            name: agency.name,
            abbreviation: agency.abbreviation ?? '',
            aliases: agency.aliases.join('; '),
          }}
          send={(body, sending) => sendTo(`agencies/${agency.id}/rename`)(withAliases(body), sending)}
          done={close}
          close={close}
        />
      )}
      {form === 'point' && (
        <RecordForm
          title="agency.pointsTo"
          hint="agency.pointsToHint"
          submit="word.save"
          said="directory.done"
          fields={[
            {
              path: 'organization',
              label: 'agency.pointsTo',
              kind: 'choice',
              options: below.map(({ id, name }) => ({ value: id, label: name })),
            },
          ]}
          values={{ organization: agency.pointsTo ?? '' }}
          send={({ organization = null }: { organization?: string | null }, sending) =>
            sendTo(`agencies/${agency.id}/point-to`)({ organization }, sending)
          }
          done={close}
          close={close}
        />
      )}
      {form === 'calendar' && <AgencyCalendarForm agency={agency} close={close} />}
      {form === 'end' && (
        <RecordForm
          title="agency.end"
          hint="agency.endHint"
          submit="agency.end"
          said="directory.done"
          isGrave
          fields={[
            { path: 'lastDay', label: 'agency.lastDay', kind: 'date', isRequired: true },
            { path: 'successor', label: 'agency.successor', kind: 'agency' },
          ]}
          send={sendTo(`agencies/${agency.id}/end`)}
          done={close}
          close={close}
        />
      )}
    </article>
  );
}

function withAliases(body: object): object {
  const { aliases } = body as { aliases?: string | null };
  const names = (aliases ?? '').split(';').map((name) => name.trim());
  return { ...body, aliases: names.filter((name) => name !== '') };
}
