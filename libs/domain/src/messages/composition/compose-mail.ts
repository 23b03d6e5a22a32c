import { type Bilingual } from '@dondoc/workflow';
import { type MessageKind } from '../../inbox/message-template';
import { escapeHtml, oneLine } from './plain-text';
import { type ComposedMail, type DigestSection, type MailToCompose, type ToldMessage } from './mail-content';

/** Characters at most: a subject that lists show whole, and texts that stay readable on a phone. */
const SUBJECT = 120;
const LINE = 400;

/** What cannot wait stands first. */
const order: readonly MessageKind[] = ['escalation', 'reminder', 'news', 'digest'];

const counted: Readonly<Record<MessageKind, (count: number) => Bilingual>> = {
  escalation: (n) => ({ vi: `${n} việc trình xem xét`, en: `${n} for your decision` }),
  reminder: (n) => ({ vi: `${n} việc cần đôn đốc`, en: `${n} reminder${n === 1 ? '' : 's'}` }),
  news: (n) => ({ vi: `${n} thông báo`, en: `${n} notice${n === 1 ? '' : 's'}` }),
  digest: (n) => ({
    vi: n === 1 ? 'điểm việc' : `${n} bản điểm việc`,
    en: n === 1 ? 'digest' : `${n} digests`,
  }),
};

const words = {
  dear: { vi: 'Kính gửi', en: 'To' },
  lead: { vi: 'Chủ trì', en: 'Lead' },
  deadline: { vi: 'Hạn', en: 'Deadline' },
  under: { vi: 'Theo', en: 'Under' },
  note: { vi: 'Ý kiến kèm theo', en: 'In their words' },
  reason: { vi: 'Gửi đến ông/bà vì', en: 'Sent to you because' },
  open: { vi: 'Mở để xử lý', en: 'Open it' },
  more: (n: number): Bilingual => ({ vi: `và ${n} việc nữa`, en: `and ${n} more` }),
  automatic: {
    vi: 'Thư tự động theo quy chế làm việc; không cần trả lời thư này.',
    en: 'Sent automatically by the working rules; please do not answer it.',
  },
  settings: { vi: 'Đổi ngôn ngữ hoặc tắt thư nhắc việc', en: 'Change the language or turn reminders off' },
};

interface Line {
  readonly label: string | null;
  readonly text: string;
}

/** One message laid out: the same lines for plain text and for HTML. */
interface Block {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly sections: readonly {
    readonly title: string;
    readonly items: readonly Listed[];
    readonly more: string | null;
  }[];
  readonly link: string;
}

interface Listed {
  readonly name: string | null;
  readonly text: string;
  readonly note: string;
}

/**
 * One mail out of everything a person is told at one moment: subject, plain text and HTML, in the reader's language. Pure.
 * Whatever people wrote comes in as one line without control characters, and escaped in HTML.
 */
export function composeMail(mail: MailToCompose): ComposedMail {
  const { language } = mail;
  const messages = [...mail.messages].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const blocks = messages.map((message) => blockOf(message, language));
  const frame = {
    greeting: `${words.dear[language]}: ${oneLine(mail.reader, 120)}`,
    footer: [oneLine(mail.organization, 200), words.automatic[language]],
    settings: { text: words.settings[language], link: mail.settingsLink },
  };
  const subject = subjectOf(messages, language);
  return { subject, text: asText(frame, blocks, language), html: asHtml(frame, blocks, subject, language) };
}

function subjectOf(messages: readonly ToldMessage[], language: 'vi' | 'en'): string {
  const [first] = messages;
  if (first && messages.length === 1) {
    const { directive } = first;
    const { name, text, remaining } = directive ?? {};
    const what = text === undefined ? '' : `: ${oneLine(text, 60)}`;
    const known = [name, remaining?.[language]].filter(Boolean).join(', ');
    return oneLine(`${first.heading[language]}${what}${known ? ` (${known})` : ''}`, SUBJECT);
  }
  const parts = order
    .map((kind) => ({ kind, count: messages.filter((message) => message.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => counted[kind](count)[language]);
  return oneLine(`Đôn Đốc: ${parts.join(', ')}`, SUBJECT);
}

function blockOf(message: ToldMessage, language: 'vi' | 'en'): Block {
  const { heading, says, demand, directive, article, note, reason, link } = message;
  const lines: Line[] = [];
  const add = (label: Bilingual | null, text: string | null | undefined): void => {
    const line = oneLine(text ?? '', LINE);
    if (line !== '') lines.push({ label: label?.[language] ?? null, text: line });
  };
  add(null, directive?.text);
  add(words.lead, directive?.lead);
  const { deadline = null, remaining = null } = directive ?? {};
  add(words.deadline, deadline && `${deadline[language]}${remaining ? ` (${remaining[language]})` : ''}`);
  add(null, (demand ?? says)[language]);
  add(words.under, article);
  add(words.note, note && `“${note.text}”${note.by === null ? '' : ` — ${note.by}`}`);
  add(words.reason, reason?.[language]);
  const title = oneLine([heading[language], directive?.name].filter(Boolean).join(' · '), LINE);
  return { title, lines, sections: message.sections.map((section) => listOf(section, language)), link };
}

function listOf({ title, items, more }: DigestSection, language: 'vi' | 'en'): Block['sections'][number] {
  return {
    title: `${title[language]} (${items.length + more})`,
    items: items.map(({ name, text, agency, note }) => ({
      name: name === null ? null : oneLine(name, 80),
      text: oneLine(text, 160),
      note: oneLine(agency === null ? note[language] : `${agency}, ${note[language]}`, 240),
    })),
    more: more > 0 ? words.more(more)[language] : null,
  };
}

interface Frame {
  readonly greeting: string;
  readonly footer: readonly string[];
  readonly settings: { readonly text: string; readonly link: string };
}

const labelled = ({ label, text }: Line): string => (label === null ? text : `${label}: ${text}`);

function asText(frame: Frame, blocks: readonly Block[], language: 'vi' | 'en'): string {
  const body = blocks.map(({ title, lines, sections, link }) =>
    [
      title.toLocaleUpperCase(language),
      ...lines.map((line) => `  ${labelled(line)}`),
      ...sections.flatMap((section) => [
        `  ${section.title}`,
        ...section.items.map(
          ({ name, text, note }) => `  - ${name === null ? '' : `${name}: `}${text} (${note})`,
        ),
        ...(section.more === null ? [] : [`  - ${section.more}`]),
      ]),
      `  ${words.open[language]}: ${link}`,
    ].join('\n'),
  );
  const { greeting, footer, settings } = frame;
  return [greeting, ...body, `-- \n${[...footer, `${settings.text}: ${settings.link}`].join('\n')}\n`].join(
    '\n\n',
  );
}

const html = escapeHtml;

function asHtml(frame: Frame, blocks: readonly Block[], title: string, language: 'vi' | 'en'): string {
  const { greeting, footer, settings } = frame;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${html(title)}</title></head>`,
    '<body style="margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,\'Segoe UI\',Roboto,sans-serif">',
    '<div style="max-width:640px;margin:0 auto">',
    `<p>${html(greeting)}</p>`,
    ...blocks.map((block) => blockHtml(block, language)),
    '<hr style="border:0;border-top:1px solid #999;margin:24px 0 12px">',
    `<p style="font-size:14px">${footer.map(html).join('<br>')}<br>`,
    `<a href="${html(settings.link)}">${html(settings.text)}</a></p>`,
    '</div></body></html>',
  ].join('\n');
}

function blockHtml({ title, lines, sections, link }: Block, language: 'vi' | 'en'): string {
  return [
    '<section style="border-left:4px solid #0b5394;padding:2px 0 2px 14px;margin:20px 0">',
    `<h2 style="font-size:18px;margin:0 0 6px">${html(title)}</h2>`,
    ...lines.map(
      ({ label, text }) =>
        `<p style="margin:4px 0">${label === null ? '' : `<strong>${html(label)}:</strong> `}${html(text)}</p>`,
    ),
    ...sections.map(
      (section) =>
        `<h3 style="font-size:16px;margin:12px 0 4px">${html(section.title)}</h3><ul style="margin:0;padding-left:20px">${section.items
          .map(
            ({ name, text, note }) =>
              `<li>${name === null ? '' : `<strong>${html(name)}</strong>: `}${html(text)} (${html(note)})</li>`,
          )
          .join('')}${section.more === null ? '' : `<li>${html(section.more)}</li>`}</ul>`,
    ),
    `<p style="margin:10px 0 0"><a href="${html(link)}">${html(words.open[language])}</a></p>`,
    '</section>',
  ].join('\n');
}
