import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { id, idOrNull, instant, text, textOrNull } from '../column-kinds';

/** One thing that was done, or refused because of who asked. Added to and read, never changed. */
@Entity({ schema: 'dondoc', name: 'audit_entry' })
@Check('ck_audit_entry_outcome', `outcome in ('done', 'refused')`)
@Index('ix_audit_entry_recorded', ['organizationId', 'recordedAt', 'id'])
@Index('ix_audit_entry_person', ['organizationId', 'personId', 'recordedAt'])
export class AuditEntryEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  /** Technical time, by the database. */
  @Column({ ...instant, default: () => 'now()' }) recordedAt!: number;
  /** Business time. */
  @Column(instant) at!: number;
  /** Null: nobody had logged in, or the operator's command line acted. */
  @Column(idOrNull) personId!: string | null;
  /** For example `directive.verify`, `POST /api/v1/totals`, `account.log-in`. */
  @Column(text) act!: string;
  @Column(textOrNull) subject!: string | null;
  @Column(text) outcome!: 'done' | 'refused';
  @Column(textOrNull) code!: string | null;
  /** Canonical text (RFC 8785) of all of it, and of what has no column. */
  @Column(text) entry!: string;
}

/** From where, and personal values before and after: data, of which the entry holds a salted hash only. */
@Entity({ schema: 'dondoc', name: 'audit_origin' })
export class AuditOriginEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) entryId!: string;
  @Column(text) salt!: string;
  @Column(textOrNull) address!: string | null;
  @Column(textOrNull) userAgent!: string | null;
  /** What was changed of people, as JSON: the entry holds salted hashes of these values. */
  @Column(textOrNull) personal!: string | null;
}
