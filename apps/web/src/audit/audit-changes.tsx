import { useWords } from '../words/words';

interface Change {
  readonly table: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' && value !== null && 'table' in value && 'before' in value && 'after' in value;

const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Value by value, what was before and is after, as the entry was written; else what it says besides. */
export function AuditChanges({ entry }: { readonly entry: Readonly<Record<string, unknown>> }) {
  const { say, sayCode } = useWords();
  const changes = Array.isArray(entry.changes) ? (entry.changes as unknown[]).filter(isChange) : [];
  if (changes.length === 0)
    return entry.details === undefined ? null : <code>{JSON.stringify(entry.details)}</code>;
  return (
    <table className="audit-changes">
      <thead>
        <tr>
          <th scope="col">{say('audit.field')}</th>
          <th scope="col">{say('audit.before')}</th>
          <th scope="col">{say('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.flatMap(({ table, before, after }, index) =>
          [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].map((column) => (
            <tr key={`${index} ${column}`}>
              <th scope="row">
                {sayCode('auditTable', table)}: {column}
              </th>
              <td>
                <del>{shown(before?.[column])}</del>
              </td>
              <td>
                <ins>{shown(after?.[column])}</ins>
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
