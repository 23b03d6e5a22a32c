import { isDeadlinePrompt } from '../lifecycles/deadline-prompts';
import { type MessagePayload } from '../lifecycles/message-payload';
import { type OfficeTransaction } from '../organizations/office-facts';
import { rulesOfVersion } from '../organizations/rules-version';
import { type Rung, type Urgency, rungOf, type WorkingRules } from '../working-rules/working-rules';

type Named = Pick<MessagePayload, 'rung' | 'rules' | 'kind' | 'urgency'>;

/** What the rules say of a message that they send: its words and its channels. */
export type RungRule = Pick<Rung, 'demand' | 'channels'>;

/** A missing deadline is asked for by the rules' `deadlinePrompt`, which is a time and has no words of its own. */
const prompt: RungRule = {
  demand: {
    vi: 'Nhiệm vụ chưa có hạn; đề nghị đặt hạn hoặc xác nhận để mở.',
    en: 'The directive has no deadline; please set one, or say that it stays open.',
  },
  channels: ['inbox', 'mail'],
};

/** The rung of a message in the version of the rules that it was sent by; `null` where no rung sent it. */
export function rungRuleIn(rules: WorkingRules, { rung, kind, urgency }: Named): RungRule | null {
  if (rung === null) return null;
  if (isDeadlinePrompt(rung)) return prompt;
  const reminders = [...rules.verification.value.rungs, ...rules.explanation.value.rungs];
  const reminder = reminders.find(({ id }) => id === rung);
  if (reminder) return reminder;
  return kind === null ? null : rungOf(rules, { kind, urgency: urgency as Urgency }, rung);
}

/** `rungRuleIn`, with the rules looked up. */
export async function rungRuleOf(tx: OfficeTransaction, named: Named): Promise<RungRule | null> {
  if (named.rung === null || named.rules === null) return null;
  return rungRuleIn(await rulesOfVersion(tx, named.rules), named);
}
