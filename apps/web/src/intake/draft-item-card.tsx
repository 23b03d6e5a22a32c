import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DraftEdit, DraftItem } from '../api/client';
import { agenciesQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { DraftItemForm } from './draft-item-form';
import type { DraftWork } from './use-draft';

interface Props {
  readonly item: DraftItem;
  readonly number: number;
  readonly above: DraftItem | null;
  readonly isOpen: boolean;
  readonly isLit: boolean;
  readonly light: (item: string) => void;
  readonly work: DraftWork;
  readonly problems: readonly { readonly field: string; readonly vi: string; readonly en: string }[];
}

/** One directive on its way: what was read, what has to be looked at, and the quick ways to put it right. */
export function DraftItemCard({ item, number, above, isOpen, isLit, light, work, problems }: Props) {
  const { say, told, sayCode } = useWords();
  const time = useOfficeTime();
  const { data: agencies = [] } = useQuery(agenciesQuery);
  const [isEditing, setEditing] = useState(false);
  const nameOf = (id: string) => agencies.find((agency) => agency.id === id)?.name ?? id;
  const { id, text, lead, leadNames, coordinating, deadline, flags, tracked } = item;
  const leads = lead.length > 0 ? lead.map(nameOf) : leadNames;
  return (
    <li
      id={`item-${id}`}
      className={`card card-body draft-item ${isLit ? 'draft-item-lit' : ''} ${tracked ? '' : 'draft-item-aside'}`}
      onFocus={() => light(id)}
      onPointerEnter={() => light(id)}
    >
      <div className="row spread">
        <span className="row">
          <span className="draft-number">{number}</span>
          {!tracked && <Badge tone="plain">{say('draft.untracked')}</Badge>}
          {tracked &&
            flags.map((flag) => (
              <Badge key={flag} tone="warn" icon="alert">
                {sayCode('flag', flag)}
              </Badge>
            ))}
        </span>
        {isOpen && !isEditing && (
          <span className="row no-print">
            <Button
              size="compact-sm"
              variant="default"
              data-edit
              onClick={() => setEditing(true)}
              aria-label={say('draft.edit', { number })}
            >
              {say('draft.editing')}
            </Button>
            <ItemMenu item={item} number={number} above={above} work={work} />
          </span>
        )}
      </div>
      {isEditing ? (
        <DraftItemForm item={item} work={work} close={() => setEditing(false)} />
      ) : (
        <>
          <p>{text}</p>
          <dl className="draft-facts">
            <div>
              <dt>{say('draft.lead')}</dt>
              <dd>{leads.length === 0 ? <em>{say('flag.no-lead')}</em> : leads.join(' + ')}</dd>
            </div>
            {coordinating.length > 0 && (
              <div>
                <dt>{say('draft.coordinating')}</dt>
                <dd>{coordinating.map(nameOf).join(', ')}</dd>
              </div>
            )}
            <div>
              <dt>{say('draft.deadline')}</dt>
              <dd>
                {deadline?.date ? time.day(deadline.date) : (deadline?.phrase ?? say('directive.noDeadline'))}
              </dd>
            </div>
          </dl>
          {isOpen && lead.length > 1 && <SeveralLeads item={item} nameOf={nameOf} work={work} />}
        </>
      )}
      {problems.length > 0 && (
        <div className="notice tone-bad" role="alert">
          <Icon name="alert" />
          <ul>
            {problems.map((one) => (
              <li key={one.field + one.vi}>{told(one)}</li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );
}

interface SeveralLeadsProps {
  readonly item: DraftItem;
  readonly nameOf: (id: string) => string;
  readonly work: DraftWork;
}

/** A directive has one lead: name one and let the others coordinate, or split it. */
function SeveralLeads({ item: { id, lead, coordinating }, nameOf, work }: SeveralLeadsProps) {
  const { say } = useWords();
  const [first = '', ...others] = lead;
  const one: DraftEdit = {
    op: 'edit',
    item: id,
    set: { lead: [first], coordinating: [...new Set([...others, ...coordinating])] },
  };
  const split: DraftEdit = { op: 'split', item: id, parts: lead.map((agency) => ({ lead: [agency] })) };
  return (
    <div className="row no-print">
      <Button size="compact-sm" variant="light" disabled={work.isBusy} onClick={() => work.edit([one])}>
        {say('draft.firstLeads', { name: nameOf(first) })}
      </Button>
      <Button size="compact-sm" variant="light" disabled={work.isBusy} onClick={() => work.edit([split])}>
        {say('draft.split')}
      </Button>
    </div>
  );
}

type ItemMenuProps = Pick<Props, 'item' | 'number' | 'above' | 'work'>;

function ItemMenu({ item: { id, tracked }, number, above, work }: ItemMenuProps) {
  const { say } = useWords();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default" px={6} aria-label={say('draft.more', { number })}>
          <Icon name="dots" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => work.edit([{ op: 'edit', item: id, set: { tracked: !tracked } }])}>
          {say(tracked ? 'draft.untracked' : 'draft.tracked')}
        </Menu.Item>
        {above && (
          <Menu.Item onClick={() => work.edit([{ op: 'merge', items: [above.id, id] }])}>
            {say('draft.merge')}
          </Menu.Item>
        )}
        <Menu.Item c="var(--bad)" onClick={() => work.edit([{ op: 'drop', item: id }])}>
          {say('draft.drop')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
