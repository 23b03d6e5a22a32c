import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Link } from 'react-router';
import { bodyOf, type FieldValue, missingOf } from '../acts/act-body';
import { ActFieldInput } from '../acts/act-field-input';
import { useAct } from '../api/act';
import type { Escalation } from '../api/client';
import { ApiProblem } from '../api/problem';
import { explanationQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { type DecisionForm, decisionForms } from './decision-forms';
import { sendAcknowledgement, sendDecision } from './send-decision';

/** So many have a button of their own. */
const AT_HAND = 3;

/** One matter: the two sentences that count, and the decisions, the usual one by a single touch. */
export function DecisionCard({ escalation }: { readonly escalation: Escalation }) {
  const { say, told, sayCode } = useWords();
  const time = useOfficeTime();
  const { id, revision, directive, article, raisedAt, acknowledgeBy, state } = escalation;
  const { data: explanation } = useQuery(explanationQuery(directive.id));
  const [open, setOpen] = useState<DecisionForm | null>(null);
  const send = useAct(sendDecision, (_, { decision }) =>
    notifications.show({
      color: 'green',
      message: say('decision.done', { decision: sayCode('decision', decision) }),
    }),
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
          form={open}
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

interface DecideFormProps {
  readonly form: DecisionForm;
  readonly error: Error | null;
  readonly isSending: boolean;
  readonly decide: (body: object) => void;
  readonly close: () => void;
}

function DecideForm({ form: { decision, fields }, error, isSending, decide, close }: DecideFormProps) {
  const { say, told, sayCode } = useWords();
  const [values, setValues] = useState<Record<string, FieldValue>>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const lacking = missingOf(fields, values);
    setMissing(lacking);
    if (lacking.length === 0) decide(bodyOf(fields, values) ?? {});
  };
  const refused = error instanceof ApiProblem ? error : null;
  const errorOf = (path: string) => {
    if (missing.includes(path) && missingOf(fields, values).includes(path)) return say('field.required');
    const [named] = [
      ...(refused?.errorsOf(path) ?? []),
      ...(refused?.errorsOf(path.split('.')[0] ?? '') ?? []),
    ];
    return named ? told(named) : null;
  };
  return (
    <form className="act-form stack" onSubmit={submit} aria-label={sayCode('decision', decision)} noValidate>
      <h3>{sayCode('decision', decision)}</h3>
      {fields.map((field) => (
        <ActFieldInput
          key={field.path}
          field={field}
          value={values[field.path] ?? ''}
          error={errorOf(field.path)}
          change={(value) => setValues((before) => ({ ...before, [field.path]: value }))}
        />
      ))}
      <ProblemNotice error={error} shown={fields.map(({ path }) => path)} />
      <div className="row">
        <Button type="submit" loading={isSending}>
          {say('decisions.confirm')}
        </Button>
        <Button variant="default" disabled={isSending} onClick={close}>
          {say('word.cancel')}
        </Button>
      </div>
    </form>
  );
}
