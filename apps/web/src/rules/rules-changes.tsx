import { useWords } from '../words/words';
import { RuleValue } from './rule-value';
import { isObject, type RulesCheck } from './rules-shape';

/** Value by value, what a document says otherwise than the rules in force. */
export function ChangesView({ check: { changes, inForce } }: { readonly check: RulesCheck }) {
  const { say, told } = useWords();
  if (changes.length === 0) return <p className="soft">{say('rulesEditor.same', { version: inForce })}</p>;
  return (
    <div className="stack-tight">
      <h2>{say('rulesEditor.changes', { version: inForce })}</h2>
      <ul className="card rule-changes">
        {changes.map(({ path, name, before, after }) => (
          <li key={path}>
            <strong>
              {told(name)}
              {path.includes('.') && <span className="soft"> · {path.split('.').at(-1)}</span>}
            </strong>
            <div className="rule-change">
              <div>
                <span className="small soft">{say('rulesEditor.before')}</span>
                <Side name={path} value={before} />
              </div>
              <div>
                <span className="small soft">{say('rulesEditor.after')}</span>
                <Side name={path} value={after} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Of a setting its value, article and basis; of an entry of a list how many rungs it has. */
function Side({ name, value }: { readonly name: string; readonly value: unknown }) {
  const { say } = useWords();
  if (value === null) return <p>{say('rules.none')}</p>;
  if (isObject(value) && 'value' in value)
    return (
      <div>
        <RuleValue name={name} value={value.value} />
        <p className="small soft">{String(value.article)}</p>
      </div>
    );
  if (isObject(value) && Array.isArray(value.rungs))
    return <p>{(value.rungs as { readonly id: string }[]).map(({ id }) => id).join(' · ')}</p>;
  return <RuleValue name={name} value={value} />;
}
