import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { civilDateOrNull, id, idOrNull, instant, instantOrNull, text, textOrNull } from '../column-kinds';
import { PersonEntity } from './directory.entities';
import { OrganizationEntity } from './organization.entity';

/** Where the bytes of an uploaded file are; they lie outside the database under their SHA-256. */
@Entity({ schema: 'dondoc', name: 'stored_file' })
@ForeignKey(() => OrganizationEntity, ['organizationId'], ['id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'storedById'], ['organizationId', 'id'])
export class StoredFileEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column({ type: 'character', length: 64 }) sha256!: string;
  /** Bytes. */
  @Column('integer') size!: number;
  @Column(text) contentType!: string;
  /** The sender's name of it, for people; no path is ever made of it. */
  @Column(text) name!: string;
  @Column(id) storedById!: string;
  @Column(instant) storedAt!: number;
}

/** A document (văn bản) as received, with what was read of its head. */
@Entity({ schema: 'dondoc', name: 'document' })
@ForeignKey(() => StoredFileEntity, ['organizationId', 'fileId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'receivedById'], ['organizationId', 'id'])
@Index('ix_document_number', ['organizationId', 'number'])
@Index('uq_document_content', ['organizationId', 'contentSha256'], { unique: true })
export class DocumentEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(idOrNull) fileId!: string | null;
  @Column(text) name!: string;
  /** NFC; the offsets of drafted items count in it. */
  @Column(text) text!: string;
  @Column({ type: 'character', length: 64 }) contentSha256!: string;
  @Column(textOrNull) number!: string | null;
  @Column(textOrNull) type!: string | null;
  @Column(textOrNull) issuingBody!: string | null;
  @Column(civilDateOrNull) issuedOn!: string | null;
  @Column(civilDateOrNull) meetingOn!: string | null;
  /** The leader whose conclusion it is; seldom the one who signs. */
  @Column(textOrNull) chair!: string | null;
  @Column(textOrNull) signer!: string | null;
  @Column(textOrNull) signerRole!: string | null;
  @Column(id) receivedById!: string;
  @Column(instant) receivedAt!: number;
}

/** Where a directive comes from (nguồn): a document, a bút phê, a letter, an oral order; who gave it, and when. */
@Entity({ schema: 'dondoc', name: 'source' })
@ForeignKey(() => DocumentEntity, ['organizationId', 'documentId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'givenById'], ['organizationId', 'id'])
@Index('ix_source_document', ['organizationId', 'documentId'])
@Check('ck_source_kind', "kind in ('notice', 'letter', 'note', 'oral')")
export class SourceEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) kind!: string;
  @Column(idOrNull) documentId!: string | null;
  @Column(idOrNull) givenById!: string | null;
  @Column(civilDateOrNull) givenOn!: string | null;
  @Column(textOrNull) note!: string | null;
  /** The office's own mark on a source without a document number, for example of a bút phê. */
  @Column(textOrNull) reference!: string | null;
  /** Null for what another organization handed on: it came by itself. */
  @Column(idOrNull) enteredById!: string | null;
  @Column(instant) enteredAt!: number;
}

/** Directives on their way from a source to confirmation; the items are what the clerk corrects. */
@Entity({ schema: 'dondoc', name: 'draft' })
@ForeignKey(() => SourceEntity, ['organizationId', 'sourceId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'createdById'], ['organizationId', 'id'])
@Index('ix_draft_created', ['organizationId', 'createdAt', 'id'])
@Check('ck_draft_status', "status in ('open', 'confirmed')")
export class DraftEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) sourceId!: string;
  @Column('jsonb') items!: object[];
  /** What the reading of the document says beside its items. */
  @Column('jsonb') notes!: object[];
  /** 1 at first; every change adds one. */
  @Column('integer') revision!: number;
  @Column(text) status!: string;
  @Column(id) createdById!: string;
  @Column(instant) createdAt!: number;
  @Column(idOrNull) confirmedById!: string | null;
  @Column(instantOrNull) confirmedAt!: number | null;
}
