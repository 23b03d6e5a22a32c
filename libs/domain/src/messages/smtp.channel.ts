import { PermanentFailure } from '@dondoc/workflow';
import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { checkedLookup, checkLiteral, plainHost } from '../outbound/checked-lookup';
import { OutboundPolicy } from '../outbound/inside-addresses';
import { type Channel, type KeptMessage } from './channel.port';
import { isMailbox } from './mailbox';

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with the log-in where the server asks for one. */
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Networks inside to which connecting may lead, in CIDR form. */
  readonly insideAllowed: readonly string[];
}

/** Technical time, in milliseconds: a server that does not answer is tried again later. */
const CONNECTING_MS = 10_000;
const ANSWERING_MS = 30_000;

/** Connections to the server at the same time, from one worker. */
const MOST_CONNECTIONS = 3;

interface ServerAddress {
  readonly host?: string | undefined;
  readonly port?: number | string | undefined;
  readonly secure?: boolean | undefined;
}

type Connected = (error: Error | null, socket?: { readonly connection: Socket }) => void;

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** What the server refuses for good (5xx) is not tried again; a refused log-in is, for somebody to mend the settings. */
function isPermanent({ code, responseCode }: SmtpError): boolean {
  return code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;
}

/** What a server says becomes part of the history, from which nobody's address could be taken out again. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…');

/** E-mail by SMTP. */
export class SmtpChannel implements Channel {
  readonly name = 'mail';
  private readonly transport;
  private readonly domain: string;
  private readonly outside: OutboundPolicy;

  constructor(private readonly settings: SmtpSettings) {
    this.domain = settings.from.address.split('@').at(-1) ?? '';
    this.outside = new OutboundPolicy(settings.insideAllowed);
    this.transport = createTransport({
      url: settings.url,
      pool: true,
      maxConnections: MOST_CONNECTIONS,
      connectionTimeout: CONNECTING_MS,
      greetingTimeout: CONNECTING_MS,
      socketTimeout: ANSWERING_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
      getSocket: (options: ServerAddress, done: Connected) => {
        this.connect(options, done);
      },
    });
  }

  addressOf({ email }: { readonly email: string | null }): string | null {
    return email?.trim() ? email.trim() : null;
  }

  keyOf(id: string): string {
    return `<${id}@${this.domain}>`;
  }

  async handOver(message: KeptMessage, signal: AbortSignal): Promise<string> {
    const { key, address, name, language, subject, text, html } = message;
    if (!isMailbox(address)) throw new PermanentFailure('the address is not one of e-mail');
    try {
      const { response } = await this.transport.sendMail({
        messageId: key,
        from: this.settings.from,
        to: { name, address },
        envelope: { from: this.settings.from.address, to: [address] },
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        signal,
      });
      return withoutAddresses(response).slice(0, 500);
    } catch (error) {
      const failure = error as SmtpError;
      const said = withoutAddresses(failure.message);
      throw isPermanent(failure) ? new PermanentFailure(said) : new Error(said, { cause: failure.code });
    }
  }

  /** Only to where connections to the outside may lead: the address is checked that is then connected to. */
  private connect({ host = '', port = 0, secure }: ServerAddress, done: Connected): void {
    const plain = plainHost(host);
    try {
      checkLiteral(this.outside, plain);
    } catch (error) {
      done(error as Error);
      return;
    }
    const lookup = checkedLookup(this.outside);
    const connection = connect({ host: plain, port: Number(port) || (secure ? 465 : 587), lookup });
    const failed = (error: Error) => {
      connection.destroy();
      done(error);
    };
    connection.setTimeout(CONNECTING_MS, () => connection.destroy(new Error('the server does not answer')));
    connection.once('error', failed);
    connection.once('connect', () => {
      connection.setTimeout(0);
      connection.removeListener('error', failed);
      done(null, { connection });
    });
  }

  close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }
}
