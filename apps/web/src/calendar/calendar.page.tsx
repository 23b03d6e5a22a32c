import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NavLink, useNavigate, useParams, useSearchParams } from 'react-router';
import { calendarQuery, calendarsQuery } from '../administration/admin-queries';
import { installationQuery } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useHolds } from '../session/holds';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { Calculator } from './calculator';
import { CalendarVersions } from './calendar-versions';
import { type Calendar, type CalendarListed, type CalendarVersion, contentOf } from './calendar-shape';
import { NewCalendarForm } from './new-calendar-form';
import { NoticeForm } from './notice-form';
import { Sessions } from './sessions';
import { YearList, YearPicture } from './year-picture';
import './calendar.css';

/** The calendars that deadlines are counted in, each year by year. */
export default function CalendarPage() {
  const { say } = useWords();
  const { id } = useParams();
  const list = useQuery(calendarsQuery);
  return (
    <Reading query={list}>
      {(items) => {
        const shown = id === undefined ? (items.find((one) => one.main) ?? items[0]) : { id };
        return shown ? (
          <One id={shown.id} all={items} />
        ) : (
          <EmptyState icon="calendar" title={say('calendar.none')} hint={say('calendar.noneHint')} />
        );
      }}
    </Reading>
  );
}

interface OneProps {
  readonly id: string;
  readonly all: readonly CalendarListed[];
}

function One({ id, all }: OneProps) {
  const { version } = useParams();
  const query = useQuery(calendarQuery(id, version ?? null));
  const installation = useQuery(installationQuery);
  const time = useOfficeTime();
  return (
    <Reading query={query}>
      {(shown) =>
        installation.data ? (
          <Year key={id} version={shown} all={all} today={time.dateOf(installation.data.now)} />
        ) : null
      }
    </Reading>
  );
}

interface YearProps {
  readonly version: CalendarVersion;
  readonly all: readonly CalendarListed[];
  readonly today: string;
}

function Year({ version, all, today }: YearProps) {
  const { say } = useWords();
  const go = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [form, setForm] = useState<'notice' | 'calendar' | null>(null);
  const close = () => setForm(null);
  const newest = all.find(({ id }) => id === version.id)?.version ?? version.version;
  const mayWrite = useHolds('administrator') && version.version === newest;
  const calendar = contentOf(version);
  const asked = Number(search.get('year'));
  const year = Number.isInteger(asked) && asked >= 1900 && asked < 2200 ? asked : Number(today.slice(0, 4));
  const turn = (by: number) => setSearch({ year: String(year + by) });
  return (
    <>
      <PageHead
        title={say('calendar.title', { year })}
        lead={say('calendar.version', { id: version.id, version: version.version })}
      >
        <div className="row">
          <Button variant="default" onClick={() => turn(-1)} leftSection={<Icon name="left" size={16} />}>
            {year - 1}
          </Button>
          <Button variant="default" onClick={() => turn(1)} rightSection={<Icon name="right" size={16} />}>
            {year + 1}
          </Button>
          {mayWrite && (
            <>
              <Button
                leftSection={<Icon name="plus" />}
                onClick={() => setForm('notice')}
                disabled={form !== null}
              >
                {say('calendar.enter')}
              </Button>
              <Button variant="default" onClick={() => setForm('calendar')} disabled={form !== null}>
                {say('calendar.add')}
              </Button>
            </>
          )}
        </div>
      </PageHead>
      {all.length > 1 && <Calendars all={all} shown={version.id} year={year} />}
      <div className="stack">
        <WhoseCalendar version={version} newest={newest} />
        <Noticed calendar={calendar} year={year} />
        {form === 'notice' && (
          <NoticeForm id={version.id} year={year} hasOthers={all.length > 1} close={close} key={year} />
        )}
        {form === 'calendar' && (
          <NewCalendarForm
            like={version}
            close={close}
            done={({ id }) => {
              close();
              void go(`/calendar/${id}`);
            }}
          />
        )}
        <YearPicture calendar={calendar} year={year} today={today} />
        <div className="calendar-below">
          <section className="stack-tight" aria-labelledby="days">
            <h2 id="days">{say('calendar.days', { year })}</h2>
            <YearList calendar={calendar} year={year} />
          </section>
          <div className="stack">
            <Calculator id={version.id} zone={calendar.zone} today={today} />
            <Sessions version={version} mayWrite={mayWrite} />
            <CalendarVersions id={version.id} shown={version.version} newest={newest} />
          </div>
        </div>
      </div>
    </>
  );
}

interface CalendarsProps {
  readonly all: readonly CalendarListed[];
  readonly shown: string;
  readonly year: number;
}

/** Every calendar of the organization, its own first. */
function Calendars({ all, shown, year }: CalendarsProps) {
  const { say } = useWords();
  const sorted = [...all].sort((a, b) => Number(b.main) - Number(a.main));
  return (
    <nav className="tabs-line" aria-label={say('calendar.all')}>
      {sorted.map(({ id, main, agencies }) => (
        <NavLink
          key={id}
          to={`/calendar/${id}?year=${year}`}
          className={id === shown ? 'active' : ''}
          {...(id === shown && { 'aria-current': 'page' })}
        >
          {main ? say('calendar.main') : agencies.map(({ name }) => name).join(', ') || id}
        </NavLink>
      ))}
    </nav>
  );
}

interface WhoseProps {
  readonly version: CalendarVersion;
  readonly newest: number;
}

/** For whom it counts, and whether what is shown is what counts. */
function WhoseCalendar({ version, newest }: WhoseProps) {
  const { say } = useWords();
  const { main, agencies, newerAbove } = version;
  const names = agencies.map(({ name }) => name).join(', ');
  return (
    <div className="stack-tight">
      <p className="soft">
        {main
          ? say('calendar.forAll')
          : names === ''
            ? say('calendar.forNobody')
            : say('calendar.forAgencies', { names })}
      </p>
      {version.version !== newest && (
        <Badge tone="warn" icon="alert">
          {say('calendar.older', { version: newest })}
        </Badge>
      )}
      {newerAbove !== null && (
        <Badge tone="warn" icon="alert">
          {say('rules.newerAbove', { version: newerAbove })}
        </Badge>
      )}
    </div>
  );
}

/** Whether what is shown of a year is official. */
function Noticed({ calendar, year }: { readonly calendar: Calendar; readonly year: number }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const known = calendar.noticedYears.find((one) => one.year === year);
  const isComplete = known?.complete === true;
  return (
    <div className={`notice ${isComplete ? 'tone-good' : 'tone-warn'}`}>
      <Icon name={isComplete ? 'check' : 'alert'} />
      <div>
        <p>
          <strong>{say(isComplete ? 'calendar.noticed' : 'calendar.notNoticed', { year })}</strong>
        </p>
        {!isComplete && <p className="small">{say('calendar.notNoticedHint')}</p>}
        {(known?.notices.length ?? 0) > 0 && (
          <p className="row">
            {known?.notices.map(({ number, issuer, issuedOn }) => (
              <Badge key={number} tone="plain" icon="file">
                {[number, issuer, issuedOn === null ? '' : time.shortDay(issuedOn)]
                  .filter(Boolean)
                  .join(', ')}
              </Badge>
            ))}
          </p>
        )}
      </div>
    </div>
  );
}
