import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { DraftItem } from '../api/client';
import { agenciesQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { Badge, UrgencyBadge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { OpenNameChoice, SeveralLeads } from './agency-choices';
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
  const card = useRef<HTMLLIElement>(null);
  const closeForm = () => {
    setEditing(false);
    // Whoever wrote by the keyboard goes on where they were.
    requestAnimationFrame(() => card.current?.querySelector<HTMLElement>('[data-edit]')?.focus());
  };
  const nameOf = (id: string) => agencies.find((agency) => agency.id === id)?.name ?? id;
  const { id, text, lead, leadNames, coordinating, deadline, flags, tracked } = item;
  const leads = lead.length > 0 ? lead.map(nameOf) : leadNames;
  return (
    <li
      ref={card}
      id={`item-${id}`}
      className={`card card-body draft-item ${isLit ? 'draft-item-lit' : ''} ${tracked ? '' : 'draft-item-aside'}`}
      onFocus={() => light(id)}
      onPointerEnter={() => light(id)}
    >
      <div className="row spread">
        <span className="row">
          <span className="draft-number">{number}</span>
          <UrgencyBadge urgency={item.urgency} />
          {tracked && item.kind === 'standing' && !flags.includes('standing') && (
            <Badge tone="plain">{say('kind.standing')}</Badge>
          )}
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
        <DraftItemForm item={item} work={work} close={closeForm} />
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
          {isOpen &&
            (item.openNames ?? []).map((open, index) => (
              <OpenNameChoice
                key={`${open.role} ${open.name}`}
                item={id}
                open={open}
                isFirst={index === 0}
                nameOf={nameOf}
                work={work}
              />
            ))}
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
