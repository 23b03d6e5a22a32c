import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ActField } from '../acts/act-forms';
import { useAct } from '../api/act';
import type { ExtensionRequest } from '../api/client';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { DecideForm } from './decide-form';
import { type GrantToSend, sendGrant, undoGrant } from './send-decision';
import { useDecided } from './use-held';

const forms: Readonly<Record<'grant-otherwise' | 'refuse', readonly ActField[]>> = {
  'grant-otherwise': [
    { path: 'deadline.date', label: 'field.newDeadline', kind: 'date', isRequired: true },
    { path: 'note', label: 'field.noteOptional', kind: 'words' },
  ],
  refuse: [{ path: 'note', label: 'field.reason', kind: 'words', isRequired: true }],
};

/** A request for more time: what is asked and why, and the answer by a touch. */
export function RequestCard({ request }: { readonly request: ExtensionRequest }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const decided = useDecided();
  const { id, revision, directive, requester, askedDate, deadlineAt, reason, done, article } = request;
  const [open, setOpen] = useState<keyof typeof forms | null>(null);
  const send = useAct(sendGrant, (answer, { body: { granted } }) =>
    decided([answer], 'request', granted ? 'granted' : 'refused', () => undoGrant(id)),
  );
  const decide = (body: GrantToSend['body']) => send.mutate({ request: id, revision, body });
  return (
    <li className="card card-body matter">
      <div className="row spread small soft">
        <span>{[requester.name, directive.lead.name].join(' · ')}</span>
        <span>{article}</span>
      </div>
      <p className="matter-standing">
        {say('requests.asks', {
          asked: time.shortDay(askedDate),
          now: time.shortDay(time.dateOf(deadlineAt)),
        })}
      </p>
      <Link to={`/directives/${directive.id}`} className="matter-text">
        {directive.text}
      </Link>
      <blockquote className="message-note">
        <p>{reason}</p>
        {done !== null && <p className="soft">{say('requests.done', { done })}</p>}
      </blockquote>
      {request.decideBy !== null && (
        <p className="row small matter-by">
          <Icon name="hourglass" size={16} />
          {say('requests.decideBy', { time: time.moment(request.decideBy) })}
        </p>
      )}
      {open ? (
        <DecideForm
          key={open}
          title={sayCode('request', open)}
          fields={forms[open]}
          error={send.error}
          isSending={send.isPending}
          decide={(body) => decide({ ...body, granted: open === 'grant-otherwise' })}
          close={() => {
            send.reset();
            setOpen(null);
          }}
        />
      ) : (
        <>
          <div className="matter-acts">
            <Button loading={send.isPending} onClick={() => decide({ granted: true })}>
              {say('requests.grant', { date: time.shortDay(askedDate) })}
            </Button>
            <Button variant="default" disabled={send.isPending} onClick={() => setOpen('grant-otherwise')}>
              {sayCode('request', 'grant-otherwise')}
            </Button>
            <Button variant="default" disabled={send.isPending} onClick={() => setOpen('refuse')}>
              {sayCode('request', 'refuse')}
            </Button>
          </div>
          <ProblemNotice error={send.error} />
        </>
      )}
    </li>
  );
}
