import type { ReactNode } from 'react';
import { useOfficeTime } from '../time/office-time';
import { type Words, useWords } from '../words/words';
import { isDuration, isObject, type RuleDuration } from './rules-shape';

/** "5 ngày làm việc". */
export function durationWords({ amount, unit }: RuleDuration, { say, sayCode }: Words): string {
  const count = Math.abs(amount);
  return say(count === 1 ? 'rules.amountOne' : 'rules.amount', {
    count,
    unit: sayCode(count === 1 ? 'ruleUnitOne' : 'ruleUnit', unit),
  });
}

/** Where a rung stands: "trước hạn 5 ngày làm việc". */
export function offsetWords(offset: RuleDuration, words: Words): string {
  if (offset.amount === 0) return words.say('rules.atOnce');
  const span = durationWords(offset, words);
  return words.say(offset.amount < 0 ? 'rules.before' : 'rules.after', { span });
}

/** A value of the rules in words, whatever its form: what has no words of its own is shown as it is written. */
export function RuleValue({ name, value }: { readonly name: string; readonly value: unknown }): ReactNode {
  const words = useWords();
  const time = useOfficeTime();
  const { say, sayCode } = words;
  if (value === null || value === undefined) {
    const own = sayCode('ruleNull', name);
    return own === name ? say('rules.none') : own;
  }
  if (typeof value === 'boolean') return say(value ? 'rules.yes' : 'rules.no');
  if (typeof value === 'number')
    return name === 'weekday' ? sayCode('weekday', String(value)) : String(value);
  if (typeof value === 'string')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? time.shortDay(value) : coded(value, words);
  if (isDuration(value)) return durationWords(value, words);
  if (Array.isArray(value)) {
    if (value.length === 0) return say('rules.noneListed');
    if (value.every((one) => typeof one === 'string'))
      return value.map((one) => coded(one, words)).join(', ');
    return (
      <ol className="rule-list">
        {value.map((one: unknown, index) => (
          <li key={index}>
            <RuleValue name={name} value={one} />
          </li>
        ))}
      </ol>
    );
  }
  if (!isObject(value)) return JSON.stringify(value);
  return (
    <dl className="rule-parts">
      {Object.entries(value)
        .filter(([part]) => part !== 'rungs')
        .map(([part, inner]) => (
          <div key={part}>
            <dt>{sayCode('rulePart', part)}</dt>
            <dd>
              <RuleValue name={part} value={inner} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

const families = ['ruleWord', 'audience', 'urgency', 'kind'] as const;

function coded(code: string, { sayCode }: Words): string {
  for (const family of families) {
    const words = sayCode(family, code);
    if (words !== code) return words;
  }
  return code;
}
