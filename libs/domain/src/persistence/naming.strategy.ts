import { DefaultNamingStrategy, type Table } from 'typeorm';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const nameOf = (table: Table | string): string =>
  (typeof table === 'string' ? table : table.name).split('.').at(-1) ?? '';

/** Names as a person would write them in SQL: `issued_on`, `pk_document`, `fk_draft_source_id`. */
export class ReadableNamingStrategy extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? snake(property);
  }

  override primaryKeyName(table: Table | string): string {
    return `pk_${nameOf(table)}`;
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return `uq_${nameOf(table)}_${withoutOrganization(columns)}`;
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return `fk_${nameOf(table)}_${withoutOrganization(columns)}`;
  }

  override indexName(table: Table | string, columns: string[]): string {
    return `ix_${nameOf(table)}_${withoutOrganization(columns)}`;
  }
}

function withoutOrganization(columns: readonly string[]): string {
  const rest = columns.filter((column) => column !== 'organization_id');
  return (rest.length > 0 ? rest : columns).join('_');
}
