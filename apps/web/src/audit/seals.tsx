import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { checkpointsQuery } from '../administration/admin-queries';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

const files = [
  'HUONG-DAN.md',
  'history.jsonl',
  'audit.jsonl',
  'audit.csv',
  'people.jsonl',
  'checkpoints.jsonl',
] as const;

/** The daily seals: whether history and trail still are what was sealed, and what an inspection takes along. */
export function Seals() {
  const { say } = useWords();
  const time = useOfficeTime();
  const { data: checkpoints } = useQuery(checkpointsQuery);
  const verify = useMutation({ mutationFn: () => answerOf(client.POST('/api/v1/audit/verify')) });
  const latest = checkpoints?.[0];
  const findings = verify.data?.findings ?? [];
  return (
    <section className="card card-body stack-tight" aria-labelledby="seals">
      <div className="row spread">
        <h2 id="seals">{say('seals.title')}</h2>
        <div className="row">
          <Button
            variant="default"
            leftSection={<Icon name="shield" size={16} />}
            loading={verify.isPending}
            onClick={() => verify.mutate()}
          >
            {say('seals.verify')}
          </Button>
        </div>
      </div>
      {checkpoints && (
        <p className="soft">
          {latest
            ? say(latest.signed ? 'seals.latestSigned' : 'seals.latest', {
                number: latest.number,
                time: time.moment(latest.sealedAt),
              })
            : say('seals.none')}
        </p>
      )}
      {verify.data && (
        <div className={`notice ${findings.length > 0 ? 'tone-bad' : 'tone-good'}`} role="status">
          <Icon name={findings.length > 0 ? 'alert' : 'check'} />
          <div>
            <p>
              <strong>
                {findings.length > 0
                  ? say('seals.broken', { count: findings.length })
                  : say('seals.whole', { count: verify.data.checkpoints })}
              </strong>
            </p>
            <ul>
              {findings.slice(0, 20).map((finding, index) => (
                <li key={index}>
                  #{finding.checkpoint} <code>{finding.code}</code> {finding.detail}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <ProblemNotice error={verify.error} />
      <details>
        <summary>{say('seals.export')}</summary>
        <p className="small soft">{say('seals.exportHint')}</p>
        <ul className="row">
          {files.map((file) => (
            <li key={file}>
              <a href={`/api/v1/audit/export/${file}`} download={file}>
                {file}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
