import { useQuery } from '@tanstack/react-query';
import { rulesSchemaQuery } from '../administration/admin-queries';
import { useWords } from '../words/words';
import { ENTRY, namesOf, type Schema, schemasAt, valuesOf } from './schema-guide';

/** What the schema says of the place where the cursor stands. */
export function PlaceHelp({ path }: { readonly path: readonly string[] }) {
  const { say, told } = useWords();
  const root = useQuery(rulesSchemaQuery).data as Schema | undefined;
  if (!root || path.length === 0) return null;
  const here = schemasAt(root, path);
  const titled = here.find(({ title }) => title !== undefined);
  const values = valuesOf(here);
  const names = namesOf(root, here).map(([name]) => name);
  const numbers = here.find(({ type }) => type === 'integer');
  const pattern = here.find((one) => one.pattern !== undefined)?.pattern;
  return (
    <dl className="place-help card" aria-label={say('rulesEditor.place')}>
      <div>
        <dt>{say('rulesEditor.place')}</dt>
        <dd>
          <code>{path.map((step) => (step === ENTRY ? '•' : step)).join(' › ')}</code>
        </dd>
      </div>
      {titled?.title !== undefined && (
        <div>
          <dt>{say('rulesEditor.meaning')}</dt>
          <dd>{told({ vi: titled.title, en: titled.description ?? titled.title })}</dd>
        </div>
      )}
      {values.length > 0 && <Codes name={say('rulesEditor.allowed')} codes={values} />}
      {names.length > 0 && <Codes name={say('rulesEditor.fields')} codes={names} />}
      {numbers && (
        <div>
          <dt>{say('rulesEditor.allowed')}</dt>
          <dd>
            {say('rulesEditor.number', { least: numbers.minimum ?? '−∞', most: numbers.maximum ?? '∞' })}
          </dd>
        </div>
      )}
      {pattern !== undefined && <Codes name={say('rulesEditor.pattern')} codes={[pattern]} />}
    </dl>
  );
}

function Codes({ name, codes }: { readonly name: string; readonly codes: readonly string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="codes">
        {codes.map((code) => (
          <code key={code}>{code}</code>
        ))}
      </dd>
    </div>
  );
}
