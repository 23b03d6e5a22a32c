import { Button } from '@mantine/core';
import { AgencyPicker } from '../acts/agency-picker';
import type { DraftEdit, DraftItem } from '../api/client';
import { useSingleKeys } from '../look/single-keys';
import { useWords } from '../words/words';
import type { DraftWork } from './use-draft';

type OpenName = NonNullable<DraftItem['openNames']>[number];

/** As one act of naming: what a name of the notice means. */
export const nameEdit = (item: string, { role, name }: OpenName, agency: string | null): DraftEdit => ({
  op: 'name',
  item,
  role,
  name,
  agency,
});

/** One leads, the others coordinate. */
export function leadEdit({ id, lead, coordinating }: DraftItem, leads: string): DraftEdit {
  const others = lead.filter((agency) => agency !== leads);
  return {
    op: 'edit',
    item: id,
    set: { lead: [leads], coordinating: [...new Set([...others, ...coordinating])] },
  };
}

export const splitEdit = ({ id, lead }: DraftItem): DraftEdit => ({
  op: 'split',
  item: id,
  parts: lead.map((agency) => ({ lead: [agency] })),
});

/** What a digit chooses in an item: whom the first open name means, else who of several leads. */
export function digitEdit(item: DraftItem, digit: number): DraftEdit | null {
  const [open] = item.openNames ?? [];
  const agency = open ? open.candidates[digit - 1] : item.lead.length > 1 ? item.lead[digit - 1] : undefined;
  if (agency === undefined) return null;
  return open ? nameEdit(item.id, open, agency) : leadEdit(item, agency);
}

function Digit({ digit }: { readonly digit: number }) {
  const { isOn } = useSingleKeys();
  return isOn && digit < 10 ? <kbd aria-hidden="true">{digit}</kbd> : null;
}

interface ChoiceProps {
  /** Among the choices: the first one is the likeliest. */
  readonly index: number;
  readonly hasDigit: boolean;
  readonly work: DraftWork;
  readonly choose: () => void;
  readonly children: string;
}

function Choice({ index, hasDigit, work, choose, children }: ChoiceProps) {
  return (
    <Button
      size="compact-sm"
      variant={index === 0 ? 'light' : 'default'}
      disabled={work.isBusy}
      leftSection={hasDigit && <Digit digit={index + 1} />}
      onClick={choose}
    >
      {children}
    </Button>
  );
}

interface OpenNameProps {
  readonly item: string;
  readonly open: OpenName;
  /** Whether the digits choose here. */
  readonly isFirst: boolean;
  readonly nameOf: (id: string) => string;
  readonly work: DraftWork;
}

/** A name that the directory does not have, or several bear: those it may mean, any other, or none. */
export function OpenNameChoice({ item, open, isFirst, nameOf, work }: OpenNameProps) {
  const { say } = useWords();
  const choose = (agency: string | null) => work.edit([nameEdit(item, open, agency)]);
  const label = say(open.role === 'lead' ? 'draft.openLead' : 'draft.openCoordinating', { name: open.name });
  return (
    <div className="open-name no-print" role="group" aria-label={label}>
      <p className="small">{label}</p>
      <div className="open-name-choices">
        {open.candidates.map((agency, index) => (
          <Choice key={agency} index={index} hasDigit={isFirst} work={work} choose={() => choose(agency)}>
            {nameOf(agency)}
          </Choice>
        ))}
        <AgencyPicker
          size="xs"
          className="open-name-other"
          aria-label={say('draft.openOtherOf', { name: open.name })}
          placeholder={say('draft.openOther')}
          value={null}
          disabled={work.isBusy}
          onChange={(agency) => agency !== null && choose(agency)}
        />
        <Button size="compact-sm" variant="subtle" disabled={work.isBusy} onClick={() => choose(null)}>
          {say('draft.openNone')}
        </Button>
      </div>
    </div>
  );
}

interface SeveralLeadsProps {
  readonly item: DraftItem;
  readonly nameOf: (id: string) => string;
  readonly work: DraftWork;
}

/** A directive has one lead: name one and let the others coordinate, or split it. */
export function SeveralLeads({ item, nameOf, work }: SeveralLeadsProps) {
  const { say } = useWords();
  const isFirst = (item.openNames ?? []).length === 0;
  return (
    <div className="row no-print">
      {item.lead.map((agency, index) => (
        <Choice
          key={agency}
          index={index}
          hasDigit={isFirst}
          work={work}
          choose={() => work.edit([leadEdit(item, agency)])}
        >
          {say('draft.firstLeads', { name: nameOf(agency) })}
        </Choice>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        disabled={work.isBusy}
        onClick={() => work.edit([splitEdit(item)])}
      >
        {say('draft.split')}
      </Button>
    </div>
  );
}
