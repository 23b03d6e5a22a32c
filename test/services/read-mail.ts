/** A mail as its reader's program shows it. */
export interface ReadMail {
  /** Names in lower case, each with every value it has, decoded. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
  readonly html: string;
}

const words = /=\?([\w-]+)\?([QB])\?([^?]*)\?=/gi;

function quotedPrintable(text: string): Buffer {
  const bytes = text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => {
    return String.fromCharCode(parseInt(hex, 16));
  });
  return Buffer.from(bytes, 'latin1');
}

const decoded = (encoding: string, text: string): string =>
  (encoding.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : quotedPrintable(text)).toString('utf8');

function header(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(words, (_, _charset, encoding: string, text: string) =>
      decoded(encoding, encoding.toUpperCase() === 'Q' ? text.replaceAll('_', ' ') : text),
    );
}

function split(raw: string): { headers: Map<string, string[]>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), header(line.slice(line.indexOf(':') + 1).trim())]);
  }
  return { headers, body: raw.slice(end + 4) };
}

/** Reads a mail of one text and one HTML part. */
export function readMail(raw: string): ReadMail {
  const { headers, body } = split(raw);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type')?.[0] ?? '')?.[1] ?? '';
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '')));
  const of = (type: string): string => {
    const part = parts.find((one) => one.headers.get('content-type')?.[0]?.startsWith(type));
    if (!part) return '';
    const encoding = part.headers.get('content-transfer-encoding')?.[0] ?? '7bit';
    if (encoding === '7bit') return part.body;
    return decoded(encoding === 'base64' ? 'B' : 'Q', part.body);
  };
  return { headers, text: of('text/plain'), html: of('text/html') };
}
