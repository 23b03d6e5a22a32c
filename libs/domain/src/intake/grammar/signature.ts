import { isCapitals } from './paragraphs';

export interface Signature {
  readonly signer: string | null;
  readonly signerRole: string | null;
  readonly recipients: readonly string[];
}

const personName =
  /^(?:[AYHK](?:['’]\p{Ll}+)?\s\p{Lu}[\p{Ll}\p{M}]+|\p{Lu}[\p{Ll}\p{M}]+\s\p{Lu}[\p{Ll}\p{M}]*)(?:\s\p{Lu}[\p{Ll}\p{M}]*){0,3}$/u;

const signedBeside =
  /^(.*?[;.:,])\s+((?:TL|KT|TM|TUQ|T\/L|T\/M|CHÁNH|PHÓ|CHỦ|GIÁM|TRƯỞNG|BÍ|BỘ|THỨ|CỤC|HIỆU)(?!\p{Ll})\P{Ll}*|\p{Lu}[\p{Ll}\p{M}]+(?:\s\p{Lu}[\p{Ll}\p{M}]*){1,4})$/u;

/** "- Lưu: VT. Trần Thị Kim Ngân", "| Nơi nhận: | TL. CHỦ TỊCH |": recipients on the left, who signs on the right. */
function splitColumns(line: string): readonly string[] {
  if (line.startsWith('|'))
    return line
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '');
  const match = line.length > 300 ? null : signedBeside.exec(line);
  const [, left, right] = match ?? [];
  return left === undefined || right === undefined ? [line] : [left, right];
}

/** Reads what stands below the body: recipients, in whose name it is signed, by whom. */
export function readSignature(texts: readonly string[], recipientsAt: number, signedAt: number): Signature {
  const from = [recipientsAt, signedAt].filter((index) => index >= 0).sort((a, b) => a - b)[0];
  const tail = from === undefined ? texts.slice(Math.max(0, texts.length - 4)) : texts.slice(from);
  const recipients: string[] = [];
  const role: string[] = [];
  let signer: string | null = null;
  let listing = recipientsAt >= 0;
  for (const line of tail.flatMap(splitColumns)) {
    if (/^nơi nhận/iu.test(line)) {
      listing = true;
      continue;
    }
    if (isCapitals(line) && !/^(?:VT|TH)$/u.test(line)) {
      listing = false;
      role.push(line.trim());
    } else if (role.length > 0 && personName.test(line)) {
      signer = line;
    } else if (listing) {
      const recipient = line
        .replace(/^[-–+•]\s*/u, '')
        .replace(/[;.,]+$/u, '')
        .trim();
      if (recipient !== '' && !/^Lưu(?!\p{L})/u.test(recipient)) recipients.push(recipient);
    }
  }
  return { signer, signerRole: role.length === 0 ? null : role.join(' ').replace(/\s+/gu, ' '), recipients };
}
