import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
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
import { type Calendar, type CalendarVersion, contentOf } from './calendar-shape';
import { NoticeForm } from './notice-form';
import { Sessions } from './sessions';
import { YearList, YearPicture } from './year-picture';
import './calendar.css';

/** The calendar that deadlines are counted in, year by year. */
export default function CalendarPage() {
  const { say } = useWords();
  const list = useQuery(calendarsQuery);
  return (
    <Reading query={list}>
      {(items) => {
        const main = items.find((one) => one.main) ?? items[0];
        return main ? (
          <Main id={main.id} />
        ) : (
          <EmptyState icon="calendar" title={say('calendar.none')} hint={say('calendar.noneHint')} />
        );
      }}
    </Reading>
  );
}

function Main({ id }: { readonly id: string }) {
  const query = useQuery(calendarQuery(id));
  const installation = useQuery(installationQuery);
  const time = useOfficeTime();
  return (
    <Reading query={query}>
      {(version) =>
        installation.data ? <Year version={version} today={time.dateOf(installation.data.now)} /> : null
      }
    </Reading>
  );
}

interface YearProps {
  readonly version: CalendarVersion;
  readonly today: string;
}

function Year({ version, today }: YearProps) {
  const { say } = useWords();
  const [search, setSearch] = useSearchParams();
  const [isEntering, setEntering] = useState(false);
  const mayWrite = useHolds('administrator');
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
            <Button
              leftSection={<Icon name="plus" />}
              onClick={() => setEntering(true)}
              disabled={isEntering}
            >
              {say('calendar.enter')}
            </Button>
          )}
        </div>
      </PageHead>
      <div className="stack">
        <Noticed calendar={calendar} year={year} />
        {isEntering && <NoticeForm id={version.id} year={year} close={() => setEntering(false)} key={year} />}
        <YearPicture calendar={calendar} year={year} today={today} />
        <div className="calendar-below">
          <section className="stack-tight" aria-labelledby="days">
            <h2 id="days">{say('calendar.days', { year })}</h2>
            <YearList calendar={calendar} year={year} />
          </section>
          <div className="stack">
            <Calculator id={version.id} zone={calendar.zone} today={today} />
            <Sessions version={version} mayWrite={mayWrite} />
          </div>
        </div>
      </div>
    </>
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
