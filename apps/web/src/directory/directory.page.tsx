import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { directoryQuery } from '../administration/admin-queries';
import { TabLine } from '../administration/tab-line';
import type { components } from '../api/schema';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { useWords } from '../words/words';
import { Agencies } from './agencies';
import { Charges } from './charges';
import { People } from './people';
import '../administration/admin.css';

export type DirectoryHistory = components['schemas']['DirectoryHistoryDto'];
export type AgencyEntry = DirectoryHistory['agencies'][number];
export type PersonEntry = DirectoryHistory['people'][number];

const tabs = [
  { to: '/directory/agencies', name: 'directory.agencies' },
  { to: '/directory/people', name: 'directory.people' },
  { to: '/directory/in-charge', name: 'directory.inCharge' },
] as const;

/** Agencies, people and charges with all their dates. Nothing is taken away: it ends. */
export default function DirectoryPage() {
  const { say } = useWords();
  const { part = 'agencies', id } = useParams();
  const query = useQuery(directoryQuery);
  return (
    <>
      <PageHead title={say('nav.office')} lead={say('directory.lead')} />
      <TabLine label="nav.office" tabs={tabs} />
      <Reading query={query}>
        {(directory) => {
          const shown = { directory, ...(id !== undefined && { id }) };
          if (part === 'people') return <People {...shown} />;
          if (part === 'in-charge') return <Charges directory={directory} />;
          return <Agencies {...shown} />;
        }}
      </Reading>
    </>
  );
}
