import { type MailConfiguration } from '@dondoc/domain/configuration/mail.configuration';
import { type Channel } from '@dondoc/domain/messages/channel.port';
import { keptMail } from '@dondoc/domain/messages/kept.channel';
import { SmtpChannel } from '@dondoc/domain/messages/smtp.channel';

/** What people are reached by beside the inbox. A further channel is added here. */
export function channelsOf(mail: MailConfiguration): readonly Channel[] {
  switch (mail.kind) {
    case 'off':
      return [];
    case 'kept':
      return [keptMail];
    case 'smtp':
      return [new SmtpChannel(mail)];
  }
}
