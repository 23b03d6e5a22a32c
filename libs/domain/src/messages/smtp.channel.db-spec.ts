import { PermanentFailure } from '@dondoc/workflow';
import fc from 'fast-check';
import { readMail } from '../../../../test/services/read-mail';
import { TestMailServer } from '../../../../test/services/test-mail-server';
import { type KeptMessage } from './channel.port';
import { composeMail } from './composition/compose-mail';
import { type ToldMessage } from './composition/mail-content';
import { SmtpChannel } from './smtp.channel';

const message: KeptMessage = {
  key: '<019a0000-0000-7000-8000-000000000001@xa.example>',
  address: 'kt-cv@xa.example',
  name: 'Ngô Thị Hạnh',
  language: 'vi',
  subject: 'Nhắc việc: 12/TB-UBND#3, còn 1 ngày làm việc',
  text: 'Kính gửi: Ngô Thị Hạnh',
  html: '<p>Kính gửi: Ngô Thị Hạnh</p>',
};

const told: ToldMessage = {
  kind: 'reminder',
  heading: { vi: 'Nhắc việc', en: 'Reminder' },
  says: { vi: 'Nhiệm vụ do Phòng Kinh tế chủ trì.', en: 'The lead is Phòng Kinh tế.' },
  demand: null,
  directive: null,
  article: null,
  note: null,
  reason: null,
  link: 'http://page.example/inbox',
  sections: [],
};

/** What somebody might write to have a header, a recipient or markup of their own. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\u2028',
        '\u202E',
        '\uD800',
        '"',
        '<',
        '>',
        ',',
        ';',
        ':',
        '\\',
      ),
      fc.constantFrom(
        'Bcc: x@evil.example',
        'Subject: x',
        '=?utf-8?Q?x=0D=0ABcc:_y?=',
        '\r\n.\r\n',
        'RCPT TO:<x@y.z>',
      ),
      fc.constantFrom('<script>', '</p>', '&amp;', '<img src=x onerror=x>', "' onmouseover='x"),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const never = new AbortController().signal;

describe('mail by SMTP', () => {
  let server: TestMailServer;
  let channel: SmtpChannel;

  beforeAll(async () => {
    server = await TestMailServer.open();
    const from = { name: 'Văn phòng UBND xã', address: 'dondoc@xa.example' };
    channel = new SmtpChannel({ url: server.url, insideAllowed: ['127.0.0.0/8'], from });
  });

  afterAll(async () => {
    await channel.close();
    await server.close();
  });

  beforeEach(() => {
    server.received.length = 0;
    server.answering = () => null;
  });

  it('arrives as it was kept, in text and HTML, under its own Message-ID', async () => {
    expect(await channel.handOver(message, never)).toMatch(/^250 /);
    const [mail] = server.received;
    expect(mail?.to).toEqual(['kt-cv@xa.example']);
    const { headers, text, html } = readMail(mail?.raw ?? '');
    expect(Object.fromEntries([...headers].map(([name, [value]]) => [name, value]))).toMatchObject({
      'message-id': message.key,
      from: 'Văn phòng UBND xã <dondoc@xa.example>',
      to: 'Ngô Thị Hạnh <kt-cv@xa.example>',
      subject: message.subject,
      'auto-submitted': 'auto-generated',
      'content-language': 'vi',
    });
    expect(text.trim()).toBe(message.text);
    expect(html.trim()).toBe(message.html);
  });

  it.each([
    [550, true],
    [554, true],
    [451, false],
    [421, false],
  ])('takes a refusal with %i for final: %s', async (code, isFinal) => {
    server.answering = () => code;
    const failure = await channel.handOver(message, never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure instanceof PermanentFailure).toBe(isFinal);
    expect((failure as Error).message).toContain(`${code} no mailbox <…>`);
  });

  it('takes a server that is away for a passing failure', async () => {
    const gone = await TestMailServer.open();
    const { url } = gone;
    await gone.close();
    const lost = new SmtpChannel({
      url,
      insideAllowed: ['127.0.0.0/8'],
      from: { name: 'x', address: 'x@xa.example' },
    });
    const failure = await lost.handOver(message, never).catch((error: unknown) => error);
    await lost.close();
    expect((failure as Error).message).toContain('ECONNREFUSED');
    expect(failure).not.toBeInstanceOf(PermanentFailure);
  });

  it('does not connect to an address inside that is not named', async () => {
    const from = { name: 'x', address: 'x@xa.example' };
    const inside = new SmtpChannel({ url: server.url, insideAllowed: ['10.0.0.0/8'], from });
    await expect(inside.handOver(message, never)).rejects.toThrow(/INSIDE_ADDRESSES_ALLOWED/);
    await inside.close();
    expect(server.received).toEqual([]);
  });

  it.each([
    'a@b.example, c@d.example',
    'a@b.example\r\nRCPT TO:<x@y.z>',
    '"a b"@c.example',
    'a@b',
    'a <a@b.example>',
  ])('sends nothing to %j', async (address) => {
    await expect(channel.handOver({ ...message, address }, never)).rejects.toBeInstanceOf(PermanentFailure);
    expect(server.received).toEqual([]);
  });

  it('lets nothing that people write become a header, a recipient or markup', async () => {
    const shape = [...(await headersOf(message))].map(([name, values]) => [name, values.length]);
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (words, name, note) => {
        const { subject, text, html } = composeMail({
          language: 'vi',
          organization: name,
          reader: name,
          settingsLink: 'http://page.example/inbox',
          messages: [
            {
              ...told,
              directive: { name: words, text: words, lead: name, deadline: null, remaining: null },
              note: { by: name, text: note },
              reason: { vi: note, en: note },
            },
          ],
        });
        expect(Array.from(new Intl.Segmenter('vi').segment(subject)).length).toBeLessThanOrEqual(120);
        const headers = await headersOf({ ...message, name, subject, text, html });
        expect([...headers].map(([header, values]) => [header, values.length])).toEqual(shape);
        expect(html).not.toMatch(/<(?:script|img)|<[^>]*\son\w+=/i);
        expect(server.received.at(-1)?.to).toEqual([message.address]);
      }),
      { numRuns: 60, seed: 20_261_121 },
    );
  });

  async function headersOf(kept: KeptMessage) {
    server.received.length = 0;
    await channel.handOver(kept, never);
    expect(server.received).toHaveLength(1);
    return readMail(server.received[0]?.raw ?? '').headers;
  }
});
