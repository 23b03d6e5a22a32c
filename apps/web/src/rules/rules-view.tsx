import { useQuery } from '@tanstack/react-query';
import { rulesSchemaQuery } from '../administration/admin-queries';
import { Badge } from '../look/status-badge';
import { useWords } from '../words/words';
import { Basis } from './basis';
import { LadderPicture } from './ladder-picture';
import { RuleValue } from './rule-value';
import { laddersOf, reportsOf, rungsWithin, settingsOf, type RulesVersion } from './rules-shape';

/** One version of the working rules as people read it: its ladders as pictures, each value with its article and basis. */
export function RulesView({ version: { rules } }: { readonly version: RulesVersion }) {
  const { say, sayCode, told } = useWords();
  const nameOf = useSettingName();
  const settings = settingsOf(rules);
  return (
    <div className="stack">
      <section aria-labelledby="ladders">
        <div className="group-head">
          <h2 id="ladders">{say('rules.ladders')}</h2>
        </div>
        <div className="stack">
          {laddersOf(rules).map((ladder) => (
            <article key={ladder.id} className="card card-body ladder-card">
              <header className="row spread">
                <h3>{told(ladder.title)}</h3>
                <span className="row">
                  {ladder.urgency.map((one) => (
                    <Badge key={one} tone={one === 'normal' ? 'plain' : 'bad'}>
                      {sayCode('urgency', one)}
                    </Badge>
                  ))}
                </span>
              </header>
              <p className="small soft">
                {say('rules.countsFor', {
                  kinds: ladder.kinds.map((one) => sayCode('kind', one).toLocaleLowerCase('vi')).join(', '),
                })}
              </p>
              <LadderPicture
                rungs={ladder.rungs}
                from={say('rules.deadline')}
                label={`${say('rules.ladder')}: ${told(ladder.title)}`}
              />
            </article>
          ))}
          {settings
            .filter(([, setting]) => rungsWithin(setting).length > 0)
            .map(([name, setting]) => (
              <article key={name} className="card card-body ladder-card">
                <h3>{nameOf(name)}</h3>
                <LadderPicture
                  rungs={rungsWithin(setting)}
                  from={say('rules.endOf', { name: nameOf(name) })}
                  label={`${say('rules.ladder')}: ${nameOf(name)}`}
                />
              </article>
            ))}
        </div>
      </section>
      <section aria-labelledby="values">
        <div className="group-head">
          <h2 id="values">{say('rules.values')}</h2>
        </div>
        <dl className="card rule-values">
          {settings.map(([name, { value, article, legalBasis }]) => (
            <div key={name} className="rule-row">
              <dt>
                <strong>{nameOf(name)}</strong>
                <span className="small soft">{article}</span>
              </dt>
              <dd>
                <div className="rule-value">
                  <RuleValue name={name} value={value} />
                </div>
                <Basis basis={legalBasis} />
              </dd>
            </div>
          ))}
          {reportsOf(rules).map(({ id, title, every, due, article, legalBasis }) => (
            <div key={id} className="rule-row">
              <dt>
                <strong>
                  {nameOf('periodicReports')}: {told(title)}
                </strong>
                <span className="small soft">{article}</span>
              </dt>
              <dd>
                <div className="rule-value">
                  <RuleValue name="periodicReports" value={{ every, due }} />
                </div>
                <Basis basis={legalBasis} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

interface Titled {
  readonly properties?: Readonly<Record<string, { readonly title?: string; readonly description?: string }>>;
}

/** What a value is called, as the published schema says it: the title in Vietnamese, the description in English. */
export function useSettingName(): (name: string) => string {
  const { told } = useWords();
  const { data } = useQuery(rulesSchemaQuery);
  const properties = (data as Titled | undefined)?.properties ?? {};
  return (name) => {
    const { title = name, description = title } = properties[name] ?? {};
    return told({ vi: title, en: description });
  };
}
