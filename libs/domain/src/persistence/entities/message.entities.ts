import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, instant, instantOrNull, text, textOrNull } from '../column-kinds';
import { InboxMessageEntity } from './directive.entities';
import { PersonEntity } from './directory.entities';

/**
 * One message to one person through a channel beside the inbox (lượt gửi): a projection of its instance, whose id it bears,
 * with what was composed. Name, address and text stand here only, never in the chain.
 */
@Entity({ schema: 'dondoc', name: 'dispatch' })
@ForeignKey(() => PersonEntity, ['organizationId', 'recipientId'], ['organizationId', 'id'])
@Index('ix_dispatch_open', ['organizationId', 'recipientId', 'channel', 'sendAt'], {
  where: 'composed_at IS NULL',
})
@Index('ix_dispatch_send_at', ['organizationId', 'sendAt', 'id'])
@Index('ix_dispatch_failed', ['organizationId', 'sendAt', 'id'], { where: "state = 'failed'" })
export class DispatchEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) channel!: string;
  @Column(id) recipientId!: string;
  @Column(instant) sendAt!: number;
  @Column('boolean') anyHour!: boolean;
  @Column(text) state!: string;
  @Column(instantOrNull) heldUntil!: number | null;
  /** From here on what follows up to the HTML is as it will be handed over, at every attempt. */
  @Column(instantOrNull) composedAt!: number | null;
  /** Stable identity on the channel: of a mail its Message-ID. */
  @Column(textOrNull) messageKey!: string | null;
  @Column(textOrNull) address!: string | null;
  @Column(textOrNull) readerName!: string | null;
  @Column(textOrNull) language!: string | null;
  @Column(textOrNull) subject!: string | null;
  @Column(textOrNull) textBody!: string | null;
  @Column(textOrNull) htmlBody!: string | null;
  /** What the channel said when it took the message. */
  @Column(textOrNull) receipt!: string | null;
  @Column(textOrNull) failure!: string | null;
  @Column(instantOrNull) endedAt!: number | null;
  @Column('integer') revision!: number;
}

/** Which messages of the inbox a dispatch tells of. */
@Entity({ schema: 'dondoc', name: 'dispatch_item' })
@ForeignKey(() => DispatchEntity, ['organizationId', 'dispatchId'], ['organizationId', 'id'])
@ForeignKey(() => InboxMessageEntity, ['organizationId', 'messageId'], ['organizationId', 'id'])
export class DispatchItemEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) dispatchId!: string;
  @PrimaryColumn(id) messageId!: string;
}

/** How a person wants to be told. Without a row: in Vietnamese, everything. */
@Entity({ schema: 'dondoc', name: 'message_preference' })
@ForeignKey(() => PersonEntity, ['organizationId', 'personId'], ['organizationId', 'id'])
@Check('ck_message_preference_language', "language in ('vi', 'en')")
export class MessagePreferenceEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) personId!: string;
  @Column(text) language!: string;
  @Column('boolean') mailReminders!: boolean;
  @Column('boolean') mailNews!: boolean;
  @Column('boolean') mailDigests!: boolean;
  @Column(instant) changedAt!: number;
}
