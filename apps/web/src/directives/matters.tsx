import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ActForm } from '../acts/act-form';
import { matterForms, type MatterKey, matterWords } from '../acts/matter-forms';
import type { Directive, DirectiveMatters } from '../api/client';
import { choicesQuery, mattersQuery } from '../api/queries';
import { Icon, type IconName } from '../look/icon';
import { Badge, type Tone } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import './matters.css';

export interface Offered {
  readonly form: MatterKey;
  /** Of the API, below the thing: "reply". */
  readonly act: string;
  readonly fixed?: object;
}

/** Which form stands for which act of the API; a decision is two forms. */
const onConsultation: Readonly<Record<string, readonly Offered[]>> = {
  reply: [{ form: 'reply', act: 'reply' }],
  withdraw: [{ form: 'withdraw-consultation', act: 'withdraw' }],
};
const onExplanation: Readonly<Record<string, readonly Offered[]>> = {
  submit: [{ form: 'submit', act: 'submit' }],
  accept: [{ form: 'accept', act: 'accept' }],
  'ask-again': [{ form: 'ask-again', act: 'ask-again' }],
  withdraw: [{ form: 'withdraw-explanation', act: 'withdraw' }],
};
const onRequest: Readonly<Record<string, readonly Offered[]>> = {
  approve: [{ form: 'approve', act: 'approve' }],
  decline: [{ form: 'decline', act: 'decline' }],
  decide: [
    { form: 'grant', act: 'decide', fixed: { granted: true } },
    { form: 'refuse', act: 'decide', fixed: { granted: false } },
  ],
  undo: [{ form: 'undo-decision', act: 'undo' }],
  withdraw: [{ form: 'withdraw-request', act: 'withdraw' }],
};

const tones: Readonly<Record<string, readonly [Tone, IconName]>> = {
  asked: ['info', 'hourglass'],
  demanded: ['warn', 'hourglass'],
  submitted: ['wait', 'gavel'],
  'awaiting-head': ['wait', 'person'],
  requested: ['wait', 'gavel'],
  late: ['bad', 'alert'],
  refused: ['bad', 'ban'],
  declined: ['bad', 'ban'],
  answered: ['good', 'check'],
  accepted: ['good', 'check'],
  granted: ['good', 'check'],
  'deemed-consent': ['good', 'check'],
  withdrawn: ['plain', 'minus'],
};

interface MatterProps {
  readonly base: string;
  readonly title: string;
  readonly family: string;
  readonly state: string;
  readonly isLate?: boolean;
  readonly revision: number;
  readonly offered: readonly Offered[];
  readonly children: ReactNode;
}

/** One thing that was asked, with what the reader can do about it. */
export function Matter({ base, title, family, state, isLate, revision, offered, children }: MatterProps) {
  const { say, sayCode } = useWords();
  const [open, setOpen] = useState<MatterKey | null>(null);
  const [tone, icon] = tones[state] ?? ['plain', 'clock'];
  const shown = offered.find(({ form }) => form === open);
  return (
    <li className="matter">
      <div className="row spread">
        <strong>{title}</strong>
        <span className="row">
          {isLate && state !== 'late' && (
            <Badge tone="bad" icon="alert">
              {say('late.overdue')}
            </Badge>
          )}
          <Badge tone={tone} icon={icon}>
            {sayCode(family, state)}
          </Badge>
        </span>
      </div>
      {children}
      {offered.length > 0 && (
        <div className="row matter-acts no-print">
          {offered.map(({ form }) => (
            <Button
              key={form}
              size="compact-md"
              variant={matterForms[form].tone === 'main' ? 'light' : 'default'}
              aria-expanded={form === open}
              onClick={() => setOpen(form === open ? null : form)}
            >
              {say(matterWords(form).name)}
            </Button>
          ))}
        </div>
      )}
      {shown && (
        <ActForm
          key={shown.form}
          form={matterForms[shown.form]}
          words={matterWords(shown.form)}
          path={`${base}/${shown.act}`}
          revision={revision}
          {...(shown.fixed && { fixed: shown.fixed })}
          done={() => setOpen(null)}
          close={() => setOpen(null)}
        />
      )}
    </li>
  );
}

const offeredOf = (
  table: Readonly<Record<string, readonly Offered[]>>,
  allowed: readonly string[],
): readonly Offered[] => allowed.flatMap((act) => table[act] ?? []);

function Attachment({ file }: { readonly file: string | null }) {
  const { say } = useWords();
  if (file === null) return null;
  return (
    <a href={`/api/v1/files/${file}`} className="row" download>
      <Icon name="file" size={16} />
      {say('matters.file')}
    </a>
  );
}

function Consultation({ one }: { readonly one: DirectiveMatters['consultations'][number] }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const isOpen = one.state === 'asked' || one.state === 'late';
  return (
    <Matter
      base={`/consultations/${one.id}`}
      title={say('matters.consultation', { agency: one.agency.name })}
      family="consultation"
      state={one.state}
      isLate={one.late && one.state === 'answered'}
      revision={one.revision}
      offered={offeredOf(onConsultation, one.allowed)}
    >
      <p className="matter-words">{one.question}</p>
      <p className="small soft">
        {say('matters.askedBy', { name: one.askedBy.name, time: time.moment(one.askedAt) })}
        {isOpen && ` · ${say('matters.replyBy', { time: time.moment(one.replyBy) })}`}
      </p>
      {isOpen && (
        <p className="small soft">{say(`matters.silence.${one.silence}`, { article: one.article })}</p>
      )}
      {one.position !== null && (
        <div className="matter-answer">
          <p>
            <strong>{sayCode('position', one.position)}</strong>
          </p>
          {one.opinion !== null && <p className="matter-words">{one.opinion}</p>}
          <Attachment file={one.file} />
          <p className="small soft">
            {say('matters.answered', {
              name: one.answeredBy?.name ?? one.agency.name,
              time: time.moment(one.answeredAt ?? one.replyBy),
            })}
          </p>
        </div>
      )}
    </Matter>
  );
}

function Explained({ one }: { readonly one: DirectiveMatters['explanations'][number] }) {
  const { say } = useWords();
  const time = useOfficeTime();
  return (
    <Matter
      base={`/explanations/${one.id}`}
      title={say('matters.explanation', { agency: one.agency.name })}
      family="explanation"
      state={one.state}
      isLate={one.late}
      revision={one.revision}
      offered={offeredOf(onExplanation, one.allowed)}
    >
      <p className="matter-words">{one.question}</p>
      <p className="small soft">
        {say('matters.askedBy', { name: one.demandedBy.name, time: time.moment(one.demandedAt) })}
        {one.state === 'demanded' && ` · ${say('matters.replyBy', { time: time.moment(one.dueAt) })}`}
      </p>
      {one.text !== null && (
        <div className="matter-answer">
          <p className="matter-words">{one.text}</p>
          <Attachment file={one.file} />
          <p className="small soft">
            {say('matters.submitted', {
              name: one.submittedBy?.name ?? one.agency.name,
              time: time.moment(one.submittedAt ?? one.dueAt),
            })}
          </p>
        </div>
      )}
      {one.note !== null && <p>{say('matters.note', { note: one.note })}</p>}
    </Matter>
  );
}

function Extension({ one }: { readonly one: DirectiveMatters['extensionRequests'][number] }) {
  const { say } = useWords();
  const time = useOfficeTime();
  return (
    <Matter
      base={`/extension-requests/${one.id}`}
      title={say('matters.extension', { date: time.shortDay(one.askedDate) })}
      family="extension"
      state={one.state}
      revision={one.revision}
      offered={offeredOf(onRequest, one.allowed)}
    >
      <p className="matter-words">{one.reason}</p>
      {one.done !== null && (
        <p>
          <span className="soft">{say('matters.done')}:</span> {one.done}
        </p>
      )}
      <p className="small soft">
        {say('matters.requestedBy', { name: one.requester.name, time: time.moment(one.requestedAt) })}
        {one.decideBy !== null && ` · ${say('matters.decideBy', { time: time.moment(one.decideBy) })}`}
      </p>
      {one.recipients.length > 0 && (
        <p className="small soft">
          {say('matters.waitsFor', { names: one.recipients.map(({ name }) => name).join(', ') })}
        </p>
      )}
      {one.decidedBy && (
        <div className="matter-answer">
          {one.grantedAt !== null && (
            <p>
              <strong>{say('matters.granted', { date: time.moment(one.grantedAt) })}</strong>
            </p>
          )}
          {one.note !== null && <p className="matter-words">{one.note}</p>}
          <p className="small soft">
            {say('matters.decided', {
              name: one.decidedBy.name,
              time: time.moment(one.decidedAt ?? one.requestedAt),
            })}
          </p>
        </div>
      )}
    </Matter>
  );
}

const beginnings = {
  consult: ['consult', 'consultations'],
  'demand-explanation': ['demand-explanation', 'explanations'],
} as const;

/** Everything that was asked about a directive, and what the reader can ask. */
export function Matters({ directive }: { readonly directive: Directive }) {
  const { say } = useWords();
  const { data: matters } = useQuery(mattersQuery(directive.id));
  const { data: choices } = useQuery(choicesQuery(directive.id));
  const [open, setOpen] = useState<keyof typeof beginnings | null>(null);
  if (!matters) return null;
  const { allowed, consultations, explanations, extensionRequests } = matters;
  const count = consultations.length + explanations.length + extensionRequests.length;
  if (count === 0 && allowed.length === 0) return null;
  return (
    <section className="card card-body" aria-labelledby="matters">
      <h2 id="matters">{say('matters.title')}</h2>
      {allowed.length > 0 && (
        <div className="acts no-print">
          {allowed.map((act) => (
            <Button
              key={act}
              variant="default"
              aria-expanded={act === open}
              onClick={() => setOpen(act === open ? null : act)}
            >
              {say(matterWords(beginnings[act][0]).name)}
            </Button>
          ))}
        </div>
      )}
      {open && (
        <ActForm
          key={open}
          form={matterForms[beginnings[open][0]]}
          words={matterWords(beginnings[open][0])}
          path={`/directives/${directive.id}/${beginnings[open][1]}`}
          choices={choices}
          done={() => setOpen(null)}
          close={() => setOpen(null)}
        />
      )}
      {count > 0 && (
        <ul className="matters">
          {extensionRequests.map((one) => (
            <Extension key={one.id} one={one} />
          ))}
          {explanations.map((one) => (
            <Explained key={one.id} one={one} />
          ))}
          {consultations.map((one) => (
            <Consultation key={one.id} one={one} />
          ))}
        </ul>
      )}
    </section>
  );
}
