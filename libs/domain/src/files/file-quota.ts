import { refusal, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type FileQuota } from './file-storage.port';

/** A refusal that names the limit and what is used of it, in bytes. */
export interface QuotaRefusal extends Refusal {
  readonly quota: { readonly limit: number; readonly used: number };
}

interface Use {
  readonly organization: string;
  readonly person: string;
  /** Whether these very bytes are kept already, for the organization or for the person. */
  readonly known: boolean;
  readonly own: boolean;
}

const USE = `
  select coalesce(sum(size), 0)::bigint as organization, coalesce(sum(size) filter (where own), 0)::bigint as person,
    coalesce(bool_or(sha256 = $3), false) as known, coalesce(bool_or(sha256 = $3 and own), false) as own
  from (select sha256, max(size) as size, bool_or(stored_by_id = $2) as own from dondoc.stored_file
        where organization_id = $1 group by sha256) kept`;

/** In the largest unit that leaves it at least 1, one decimal. */
function inWords(bytes: number, comma: ',' | '.'): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let [size, unit] = [bytes, 0];
  for (; size >= 1_024 && unit < units.length - 1; unit++) size /= 1_024;
  const said = unit === 0 ? String(size) : size.toFixed(1).replace('.', comma);
  return `${said} ${units[unit] ?? ''}`;
}

function full(whose: 'organization' | 'person', limit: number, used: number, size: number): QuotaRefusal {
  const [vi, en] = [',', '.'].map((comma) =>
    [size, used, limit].map((bytes) => inWords(bytes, comma as ',' | '.')),
  ) as [string[], string[]];
  const [kho, store] =
    whose === 'organization'
      ? ['kho tệp của đơn vị', 'the files of the organization']
      : ['phần lưu trữ của bạn', 'your own files'];
  return {
    ...refusal(
      `file-quota-${whose}`,
      {
        vi: `Tệp ${vi[0] ?? ''} vượt quá ${kho}: đã dùng ${vi[1] ?? ''} trên ${vi[2] ?? ''}.`,
        en: `A file of ${en[0] ?? ''} is too much for ${store}: ${en[1] ?? ''} of ${en[2] ?? ''} are used.`,
      },
      { field: 'file' },
    ),
    quota: { limit, used },
  };
}

/**
 * Whether one more file has no room; null: it has. Uploads of an organization come one after the other from here to the
 * commit, so that many at once do not pass the limit together.
 */
export async function quotaRefusal(
  tx: PostgresTransaction,
  quota: FileQuota,
  person: string,
  file: { readonly sha256: string; readonly size: number },
): Promise<QuotaRefusal | null> {
  if (quota.organization === 0 && quota.person === 0) return null;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`files ${tx.organization}`]);
  const [use] = await tx.query<Use>(USE, [tx.organization, person, file.sha256]);
  if (!use) throw new Error('a sum of nothing is a row as well');
  const [all, own] = [Number(use.organization), Number(use.person)];
  if (quota.organization > 0 && !use.known && all + file.size > quota.organization)
    return full('organization', quota.organization, all, file.size);
  if (quota.person > 0 && !use.own && own + file.size > quota.person)
    return full('person', quota.person, own, file.size);
  return null;
}
