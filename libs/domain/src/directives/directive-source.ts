import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { visibleDirective } from './directives.service';

/** The words of a directive where they stand in its document. */
export interface DirectiveSource {
  readonly document: {
    readonly id: string;
    readonly name: string;
    readonly number: string | null;
    readonly issuingBody: string | null;
    readonly issuedOn: string | null;
    readonly signer: string | null;
    readonly signerRole: string | null;
  } | null;
  /** Null when it was entered by hand. Only this passage: the rest of the document may concern others. */
  readonly words: string | null;
}

/** Offsets are JavaScript's, not PostgreSQL's. */
interface PassageRow {
  readonly text: string | null;
  readonly start: number | null;
  readonly end: number | null;
}

/** Where a directive comes from, for whoever may see the directive. */
export async function directiveSource(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<DirectiveSource | Refusal> {
  const found = await visibleDirective(tx, caller, id, 'directive.source', 'look');
  if (isRefusal(found)) return found;
  const [row] = await tx.query<Pick<DirectiveSource, 'document'> & PassageRow>(
    `select case when o.id is not null then json_build_object('id', o.id, 'name', o.name, 'number', o.number,
         'issuingBody', o.issuing_body, 'issuedOn', o.issued_on, 'signer', o.signer, 'signerRole', o.signer_role)
       end as document, o.text, d.text_start as start, d.text_end as end
     from dondoc.directive d
     join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
     left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
     where d.organization_id = $1 and d.id = $2`,
    [tx.organization, id],
  );
  if (!row) return { document: null, words: null };
  const { document, text, start, end } = row;
  return { document, words: text === null || start === null || end === null ? null : text.slice(start, end) };
}
