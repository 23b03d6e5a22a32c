import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Link } from 'react-router';
import { sendAct } from '../acts/send-act';
import { useAct } from '../api/act';
import type { Directive, DemandedExplanation } from '../api/client';
import { ProblemNotice } from '../look/problem-notice';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { DecideForm } from './decide-form';
import { sendJudgement } from './send-decision';

/** An explanation that was submitted: what was asked, what they say, and the answer by a touch. */
export function ExplanationCard({ explanation }: { readonly explanation: DemandedExplanation }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const { id, revision, agency, directive, question, text, submittedAt, late } = explanation;
  const [isAsking, setAsking] = useState(false);
  const send = useAct(sendJudgement, (_, { act }) =>
    notifications.show({
      color: 'green',
      message: say(act === 'accept' ? 'explanations.accepted' : 'explanations.askedAgain'),
    }),
  );
  return (
    <li className="card card-body matter">
      <div className="row spread small soft">
        <span>{agency.name}</span>
        <span className="row">
          {submittedAt !== null && time.moment(submittedAt)}
          {late && (
            <Badge tone="bad" icon="alert">
              {say('explanations.late')}
            </Badge>
          )}
        </span>
      </div>
      <p className="matter-standing">{question}</p>
      <blockquote className="message-note">{text}</blockquote>
      <Link to={`/directives/${directive.id}`} className="matter-text matter-text-short">
        {directive.text}
      </Link>
      {isAsking ? (
        <DecideForm
          title={say('explanations.askAgain')}
          fields={[
            { path: 'question', label: 'field.question', kind: 'words', isRequired: true },
            { path: 'deadline.date', label: 'field.answerBy', kind: 'date' },
          ]}
          error={send.error}
          isSending={send.isPending}
          decide={(body) => send.mutate({ explanation: id, revision, act: 'ask-again', body })}
          close={() => setAsking(false)}
        />
      ) : (
        <>
          <div className="matter-acts">
            <Button
              loading={send.isPending}
              onClick={() => send.mutate({ explanation: id, revision, act: 'accept', body: { note: null } })}
            >
              {say('explanations.accept')}
            </Button>
            <Button variant="default" disabled={send.isPending} onClick={() => setAsking(true)}>
              {say('explanations.askAgain')}
            </Button>
          </div>
          <ProblemNotice error={send.error} />
        </>
      )}
    </li>
  );
}

/** A directive that stands still, and the day on which it is proposed to be due once it goes on. */
export function ResumptionCard({ directive }: { readonly directive: Directive }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const { id, revision, lead, text, suspension } = directive;
  const [isOther, setOther] = useState(false);
  const send = useAct(sendAct, () =>
    notifications.show({ color: 'green', message: say('resumptions.done') }),
  );
  const resume = (body: object) => send.mutate({ path: `/directives/${id}/resume`, revision, body });
  const proposed = suspension?.proposedDeadlineAt;
  return (
    <li className="card card-body matter">
      <div className="row spread small soft">
        <span>{lead.name}</span>
        {suspension && <span>{say('resumptions.since', { time: time.moment(suspension.since) })}</span>}
      </div>
      {proposed && (
        <p className="matter-standing">
          {say('resumptions.asks', { date: time.shortDay(time.dateOf(proposed)) })}
        </p>
      )}
      <Link to={`/directives/${id}`} className="matter-text">
        {text}
      </Link>
      {isOther ? (
        <DecideForm
          title={say('resumptions.other')}
          fields={[{ path: 'deadline.date', label: 'field.newDeadline', kind: 'date', isRequired: true }]}
          error={send.error}
          isSending={send.isPending}
          decide={resume}
          close={() => setOther(false)}
        />
      ) : (
        <>
          <div className="matter-acts">
            <Button loading={send.isPending} onClick={() => resume({})}>
              {say('resumptions.agree')}
            </Button>
            <Button variant="default" disabled={send.isPending} onClick={() => setOther(true)}>
              {say('resumptions.other')}
            </Button>
          </div>
          <ProblemNotice error={send.error} />
        </>
      )}
    </li>
  );
}
