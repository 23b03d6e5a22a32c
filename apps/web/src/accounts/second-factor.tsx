import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { factorQuery } from '../administration/admin-queries';
import { RecordForm } from '../administration/record-form';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import type { components } from '../api/schema';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useWords } from '../words/words';
import { CopyText } from './copy-text';
import { QrPicture } from './qr-picture';

type Factor = components['schemas']['FactorDto'];

const current = {
  path: 'current',
  label: 'profile.current',
  kind: 'secret',
  isRequired: true,
  autoComplete: 'current-password',
} as const;

/** So few codes left are worth a word. */
const FEW = 2;

type Step = { readonly at: 'rest' } | { readonly at: 'confirm'; readonly factor: Factor } | Codes;

interface Codes {
  readonly at: 'codes';
  readonly codes: readonly string[];
}

/** An authenticator app beside the password: set up by a first code, with recovery codes for a lost phone. */
export function SecondFactor() {
  const { say } = useWords();
  const state = useQuery(factorQuery);
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const go = (next: Step) => {
    setStep(next);
    void state.refetch();
  };
  return (
    <section className="card" aria-label={say('profile.factor')}>
      <Reading query={state} lines={1}>
        {({ on, recoveryCodesLeft }) => (
          <>
            <div className="card-body stack-tight">
              <div className="row spread">
                <h2>{say('profile.factor')}</h2>
                <Badge tone={on ? 'good' : 'plain'} icon={on ? 'shield' : 'minus'}>
                  {say(on ? 'profile.factorOn' : 'profile.factorOff')}
                </Badge>
              </div>
              {on && <p className="small soft">{say('profile.codesLeft', { count: recoveryCodesLeft })}</p>}
              {on && recoveryCodesLeft <= FEW && <p className="small">{say('profile.codesFew')}</p>}
            </div>
            {step.at === 'codes' && <RecoveryCodes codes={step.codes} />}
            {step.at === 'confirm' && <Confirm factor={step.factor} go={go} />}
            {step.at === 'rest' && !on && (
              <RecordForm
                key="begin"
                title="profile.begin"
                hint="profile.factorHint"
                submit="profile.begin"
                fields={[current]}
                send={(body) =>
                  answerOf(client.POST('/api/v1/auth/second-factor', { body: body as { current: string } }))
                }
                done={(factor) => go({ at: 'confirm', factor })}
              />
            )}
            {on && (
              <details className="card-body">
                <summary className="small">{say('profile.removeFactor')}</summary>
                <RecordForm
                  title="profile.removeFactor"
                  submit="profile.removeFactor"
                  said="profile.factorRemoved"
                  isGrave
                  fields={[current]}
                  send={(body) =>
                    answerOf(
                      client.POST('/api/v1/auth/second-factor/remove', { body: body as { current: string } }),
                    )
                  }
                  done={() => go({ at: 'rest' })}
                />
              </details>
            )}
          </>
        )}
      </Reading>
    </section>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const { say } = useWords();
  return (
    <div className="card-body stack-tight" role="status">
      <h3>{say('profile.codes')}</h3>
      <p className="small">{say('profile.codesHint')}</p>
      <ul className="recovery">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <CopyText text={codes.join('\n')} />
    </div>
  );
}

interface ConfirmProps {
  readonly factor: Factor;
  readonly go: (next: Step) => void;
}

function Confirm({ factor, go }: ConfirmProps) {
  const { say } = useWords();
  return (
    <>
      <div className="card-body factor-begun">
        <QrPicture text={factor.address} label={say('profile.factorPicture')} />
        <div className="stack-tight">
          <p>{say('profile.factorScan')}</p>
          <p className="small soft">{say('profile.factorSecret')}</p>
          <p className="secret-shown">{factor.secret}</p>
          <a href={factor.address} className="small">
            {say('profile.openApp')}
          </a>
        </div>
      </div>
      <RecordForm
        key="confirm"
        title="profile.confirm"
        submit="profile.confirm"
        said="profile.factorDone"
        fields={[{ path: 'code', label: 'profile.code', kind: 'line', isRequired: true }]}
        send={(body) =>
          answerOf(client.POST('/api/v1/auth/second-factor/confirm', { body: body as { code: string } }))
        }
        done={({ recoveryCodes }) => go({ at: 'codes', codes: recoveryCodes })}
        close={() => go({ at: 'rest' })}
      />
    </>
  );
}
