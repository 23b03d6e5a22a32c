import { z } from 'zod';
import { isMailbox } from '../messages/mailbox';
import { insideAllowed, outboundVariables, type Mode } from './environment.configuration';

/** How mail leaves: `kept` in a sandbox, where it can be read and goes nowhere. */
export type MailConfiguration =
  | { readonly kind: 'off' }
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'smtp';
      readonly url: string;
      /** Networks inside to which connecting may lead, in CIDR form. */
      readonly insideAllowed: readonly string[];
      readonly from: { readonly name: string; readonly address: string };
    };

/** "Văn phòng UBND xã <dondoc@xa.example>", or the address alone. */
const sender = /^(?:(?<name>[^<>"\p{Cc}]{1,100}?)\s*<(?<named>[^<>\s]+)>|(?<alone>[^<>\s]+))$/u;

const isWeb = (text: string): boolean => {
  try {
    const { protocol, username, search, hash } = new URL(text);
    return ['http:', 'https:'].includes(protocol) && !username && !search && !hash;
  } catch {
    return false;
  }
};

const isSmtp = (text: string): boolean => {
  try {
    const { protocol, hostname } = new URL(text);
    return ['smtp:', 'smtps:'].includes(protocol) && hostname !== '';
  } catch {
    return false;
  }
};

/** What the worker reads about messages. */
export const mailSettings = {
  ...outboundVariables,
  SMTP_URL: z.string().refine(isSmtp, 'is not an address that begins with smtp:// or smtps://').optional(),
  MAIL_FROM: z
    .string()
    .transform((text, context) => {
      const groups = sender.exec(text.trim())?.groups;
      const address = groups?.['named'] ?? groups?.['alone'] ?? '';
      if (isMailbox(address)) return { name: groups?.['name']?.trim() ?? 'Đôn Đốc', address };
      context.addIssue({ code: 'custom', message: 'is not of the form "Name <address>"' });
      return z.NEVER;
    })
    .optional(),
  PUBLIC_URL: z.string().refine(isWeb, 'is not an address that begins with http:// or https://').optional(),
};

interface Read {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: { readonly name: string; readonly address: string } | undefined;
  readonly PUBLIC_URL?: string | undefined;
  readonly INSIDE_ADDRESSES_ALLOWED?: readonly string[] | undefined;
}

/** Mail that can be sent needs a sender, and an address that its links lead to. For `superRefine`. */
export function requireWholeMail(read: Read, context: z.RefinementCtx): void {
  if (read.SMTP_URL === undefined) return;
  for (const name of ['MAIL_FROM', 'PUBLIC_URL'] as const)
    if (read[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is not set' });
}

export function mailConfiguration(read: Read, mode: Mode): MailConfiguration {
  const { SMTP_URL: url, MAIL_FROM: from } = read;
  if (url !== undefined && from !== undefined)
    return { kind: 'smtp', url, from, insideAllowed: insideAllowed(read, mode) };
  return { kind: mode === 'sandbox' ? 'kept' : 'off' };
}
