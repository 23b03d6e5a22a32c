import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../api/act';
import type { Escalation } from '../api/client';
import { explanationQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { DecideForm } from './decide-form';
import { type DecisionForm, decisionForms } from './decision-forms';
import { sendAcknowledgement, sendDecision, undoDecisions } from './send-decision';
import { useDecided } from './use-held';

/** So many have a button of their own. */
const AT_HAND = 3;

/** One matter: the two sentences that count, and the decisions, the usual one by a single touch. */
export function DecisionCard({ escalation }: { readonly escalation: Escalation }) {
  const { say, told, sayCode } = useWords();
  const time = useOfficeTime();
  const { id, revision, directive, article, raisedAt, acknowledgeBy, state } = escalation;
  const { data: explanation } = useQuery(explanationQuery(directive.id));
  const [open, setOpen] = useState<DecisionForm | null>(null);
  const decided = useDecided();
  const send = useAct(sendDecision, (answer, { decision }) =>
    decided([answer], 'decision', decision, () => undoDecisions([id])),
  );
  const acknowledge = useAct(sendAcknowledgement);
  const decide = (decision: string, body: object) =>
    send.mutate({ escalation: id, revision, decision, body });
  const isBusy = send.isPending || acknowledge.isPending;
  return (
    <li className="card card-body matter">
      <div className="row spread small soft">
        <span>
          {[say('decisions.raised', { time: time.moment(raisedAt) }), article].filter(Boolean).join(' · ')}
        </span>
        {state === 'acknowledged' && (
          <Badge tone="good" icon="check">
            {say('decisions.acknowledged')}
          </Badge>
        )}
      </div>
      {explanation && <p className="matter-standing">{told(explanation.standing)}</p>}
      <Link to={`/directives/${directive.id}`} className="matter-text">
        {directive.text}
      </Link>
      {state === 'raised' && acknowledgeBy !== null && (
        <p className="row small matter-by">
          <Icon name="hourglass" size={16} />
          {say('decisions.ackBy', { time: time.moment(acknowledgeBy) })}
        </p>
      )}
      {open ? (
        <DecideForm
          key={open.decision}
          title={sayCode('decision', open.decision)}
          fields={open.fields}
          error={send.error}
          isSending={send.isPending}
          decide={(body) => decide(open.decision, body)}
          close={() => {
            send.reset();
            setOpen(null);
          }}
        />
      ) : (
        <>
          <div className="matter-acts">
            <Button
              disabled={isBusy}
              loading={send.isPending && send.variables.decision === 'urge'}
              onClick={() => decide('urge', { note: say('decisions.standardNote') })}
            >
              {say('decision.urge')}
            </Button>
            {decisionForms.slice(1, AT_HAND).map((form) => (
              <Button key={form.decision} variant="default" disabled={isBusy} onClick={() => setOpen(form)}>
                {sayCode('decision', form.decision)}
              </Button>
            ))}
          </div>
          <div className="row">
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={isBusy}
              onClick={() => setOpen(decisionForms[0] ?? null)}
            >
              {say('decisions.ownNote')}
            </Button>
            <OtherDecisions isBusy={isBusy} choose={setOpen} />
            {state === 'raised' && (
              <Button
                variant="subtle"
                size="compact-sm"
                loading={acknowledge.isPending}
                disabled={isBusy}
                onClick={() => acknowledge.mutate({ escalation: id, revision })}
              >
                {say('decisions.acknowledge')}
              </Button>
            )}
          </div>
          <ProblemNotice error={send.error ?? acknowledge.error} />
        </>
      )}
    </li>
  );
}

interface OtherDecisionsProps {
  readonly isBusy: boolean;
  readonly choose: (form: DecisionForm) => void;
}

/** What is decided more seldom. */
function OtherDecisions({ isBusy, choose }: OtherDecisionsProps) {
  const { say, sayCode } = useWords();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={isBusy}
          rightSection={<Icon name="down" size={14} />}
        >
          {say('decisions.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {decisionForms.slice(AT_HAND).map((form) => (
          <Menu.Item key={form.decision} onClick={() => choose(form)}>
            {sayCode('decision', form.decision)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
