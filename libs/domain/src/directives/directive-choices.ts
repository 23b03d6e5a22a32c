import { type Refusal, isRefusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { agencyInForce, existsOn } from '../directory/agencies';
import { worksIn } from '../directory/offices';
import { today } from '../lifecycles/act-facts';
import { canHandOnTo } from '../lifecycles/cascade/hand-on-acts';
import { type DirectiveAtHand } from './directive-facts';
import { type Named } from './directive-view';
import { visibleDirective } from './directives.service';
import { withheldActs, type WithheldAct } from './withheld-acts';

/** Who and what can be named in an act, so that nobody chooses what would be refused. */
export interface DirectiveChoices {
  /** What the caller cannot do now, and why. */
  readonly withheld: readonly WithheldAct[];
  /** Who can be named to do it: the people of the lead. */
  readonly people: readonly Named[];
  /** To whom it can be handed on. */
  readonly subordinates: readonly Named[];
  /** Whose opinion can be asked. */
  readonly coordinating: readonly Named[];
}

const named = ({ id, name }: Named): Named => ({ id, name });

function choicesOf(caller: Caller, found: DirectiveAtHand): DirectiveChoices {
  const { context, facts } = found;
  const { directory } = facts;
  const date = today(facts);
  const lead = agencyInForce(directory, context.lead, date)?.id ?? context.lead;
  return {
    withheld: withheldActs(caller, found),
    people: directory.people.filter(({ id }) => worksIn(directory, id, lead, date)).map(named),
    subordinates: directory.agencies
      .filter((agency) => existsOn(agency, date) && canHandOnTo(agency.id, lead, facts))
      .map(named),
    coordinating: directory.agencies
      .filter(({ id }) => id !== context.lead && context.coordinating.includes(id))
      .map(named),
  };
}

/** What can be named in the acts on a directive that the caller may see, and which of them have no place now. */
export async function directiveChoices(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<DirectiveChoices | Refusal> {
  const found = await visibleDirective(tx, caller, id, 'directive.see', 'look');
  return isRefusal(found) ? found : choicesOf(caller, found);
}
