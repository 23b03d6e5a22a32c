import { type AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
}

/** How the server answers a mail: it takes it, or refuses with a code of SMTP. */
export type Answering = (mail: ReceivedMail) => number | null;

/** A mail server of its own for a test: takes what it is sent by SMTP and keeps it. */
export class TestMailServer {
  readonly received: ReceivedMail[] = [];
  /** Whether a mail is refused, and with which code; asked before it is kept. */
  answering: Answering = () => null;
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const mail = {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString('utf8'),
          };
          const refused = this.answering(mail);
          if (refused === null) this.received.push(mail);
          done(
            refused === null
              ? null
              : Object.assign(new Error(`no mailbox <${mail.to.join()}>`), { responseCode: refused }),
          );
        });
      },
    });
  }

  static async open(): Promise<TestMailServer> {
    const made = new TestMailServer();
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(made(this.server).address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }
}

const made = ({ server }: SMTPServer) => server;
