import { Button } from '@mantine/core';
import { useState } from 'react';
import { RecordForm } from '../administration/record-form';
import { EmptyState } from '../look/empty-state';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { DirectoryHistory } from './directory.page';
import { sendTo } from './send-directory';

const LEADERS = ['chair', 'vice-chair'];

/** Which leader answers for which agency or field, leader by leader. */
export function Charges({ directory }: { readonly directory: DirectoryHistory }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const [ending, setEnding] = useState<string | null>(null);
  const { people, agencies, inCharge, today } = directory;
  const agencyName = (id: string | null) => agencies.find((one) => one.id === id)?.name ?? '';
  const whose = [...new Set(inCharge.map(({ leader }) => leader))];
  const leaders = people.filter(({ offices }) =>
    offices.some(({ role, now }) => now && LEADERS.includes(role)),
  );
  return (
    <div className="two-sides">
      <div className="stack">
        {whose.length === 0 && (
          <EmptyState icon="person" title={say('charge.none')} hint={say('charge.noneHint')} />
        )}
        {whose.map((leader) => (
          <section key={leader} className="stack-tight" aria-labelledby={`leader-${leader}`}>
            <h2 id={`leader-${leader}`}>{people.find(({ id }) => id === leader)?.name ?? ''}</h2>
            <ul className="card record-list">
              {inCharge
                .filter((charge) => charge.leader === leader)
                .map(({ id, agency, field, from, to, now }) => (
                  <li key={id}>
                    <span className="row spread">
                      <strong>{[agencyName(agency), field].filter(Boolean).join(': ')}</strong>
                      {now && to === null ? (
                        <Button
                          variant="default"
                          size="compact-sm"
                          aria-label={`${say('charge.end')}: ${agencyName(agency)} ${field ?? ''}`}
                          onClick={() => setEnding(id)}
                        >
                          {say('charge.end')}
                        </Button>
                      ) : (
                        !now && <Badge tone="plain">{say('directory.notNow')}</Badge>
                      )}
                    </span>
                    <span className="small soft">
                      {time.shortDay(from)} – {to === null ? say('directory.still') : time.shortDay(to)}
                    </span>
                    {ending === id && (
                      <RecordForm
                        title="charge.end"
                        submit="charge.end"
                        said="directory.done"
                        isGrave
                        fields={[
                          { path: 'lastDay', label: 'directory.lastDay', kind: 'date', isRequired: true },
                        ]}
                        values={{ lastDay: today }}
                        send={sendTo(`in-charge/${id}/end`)}
                        done={() => setEnding(null)}
                        close={() => setEnding(null)}
                      />
                    )}
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="side card">
        <RecordForm
          title="charge.add"
          hint="charge.addHint"
          submit="charge.add"
          said="directory.done"
          fields={[
            {
              path: 'leader',
              label: 'charge.leader',
              kind: 'choice',
              isRequired: true,
              options: leaders.map(({ id, name }) => ({ value: id, label: name })),
            },
            { path: 'agency', label: 'charge.agency', kind: 'agency' },
            { path: 'field', label: 'charge.field', kind: 'line' },
            { path: 'from', label: 'office.from', kind: 'date', isRequired: true },
          ]}
          values={{ from: today }}
          send={sendTo('in-charge')}
          done={() => undefined}
        />
      </div>
    </div>
  );
}
