import { useState } from 'react';
import { RecordForm } from '../administration/record-form';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import type { components } from '../api/schema';
import { useWords } from '../words/words';

type Factor = components['schemas']['FactorDto'];

const current = {
  path: 'current',
  label: 'profile.current',
  kind: 'secret',
  isRequired: true,
  autoComplete: 'current-password',
} as const;

type Step = { readonly at: 'rest' | 'remove' } | { readonly at: 'confirm'; readonly factor: Factor } | Codes;

interface Codes {
  readonly at: 'codes';
  readonly codes: readonly string[];
}

/** An authenticator app beside the password: set up by a first code, with recovery codes for a lost phone. */
export function SecondFactor() {
  const { say } = useWords();
  const [step, setStep] = useState<Step>({ at: 'rest' });
  return (
    <section className="card" aria-label={say('profile.factor')}>
      {step.at === 'codes' && (
        <div className="card-body stack-tight" role="status">
          <h2>{say('profile.codes')}</h2>
          <p className="small">{say('profile.codesHint')}</p>
          <ul className="recovery">
            {step.codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {step.at === 'confirm' && (
        <>
          <div className="card-body stack-tight">
            <p>{say('profile.factorSecret')}</p>
            <p className="secret-shown">{step.factor.secret}</p>
            <a href={step.factor.address} className="small">
              {say('profile.openApp')}
            </a>
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
            done={({ recoveryCodes }) => setStep({ at: 'codes', codes: recoveryCodes })}
            close={() => setStep({ at: 'rest' })}
          />
        </>
      )}
      {(step.at === 'rest' || step.at === 'codes') && (
        <RecordForm
          key="begin"
          title="profile.factor"
          hint="profile.factorHint"
          submit="profile.begin"
          fields={[current]}
          send={(body) =>
            answerOf(client.POST('/api/v1/auth/second-factor', { body: body as { current: string } }))
          }
          done={(factor) => setStep({ at: 'confirm', factor })}
        />
      )}
      <details className="card-body">
        <summary className="small">{say('profile.removeFactor')}</summary>
        <RecordForm
          title="profile.removeFactor"
          submit="profile.removeFactor"
          said="profile.factorRemoved"
          isGrave
          fields={[current]}
          send={(body) =>
            answerOf(client.POST('/api/v1/auth/second-factor/remove', { body: body as { current: string } }))
          }
          done={() => setStep({ at: 'rest' })}
        />
      </details>
    </section>
  );
}
