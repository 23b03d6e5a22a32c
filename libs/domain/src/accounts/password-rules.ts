import { refusal, type Refusal } from '@dondoc/workflow';
import { commonPasswords } from './common-passwords';

/** More than any person or password manager uses; longer ones only cost time to hash. */
const LONGEST = 256;

/** NFKC, as NIST SP 800-63B (rev. 4, 3.1.1.2) asks: the same password from every keyboard. */
export const normalizedPassword = (password: string): string => password.normalize('NFKC');

/** Without case, marks and spaces: how a guesser sees it. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/\s+/g, '');
}

/** The period of a text that repeats itself, or the text: "abcabcabc" is "abc". */
function repeated(text: string): string {
  const period = `${text}${text}`.indexOf(text, 1);
  return text.slice(0, period);
}

/** Each character one after, or one before, the last: "123456789012", "zyxwvutsrqpo". */
function isRun(text: string): boolean {
  const runs = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
  return runs.some((run) => run.includes(text) || Array.from(run).reverse().join('').includes(text));
}

const substitutes: Readonly<Record<string, string>> = {
  '@': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
};
const withLetters = (text: string): string => text.replace(/[@013$5]/g, (sign) => substitutes[sign] ?? sign);

function isGuessable(text: string, own: readonly string[]): boolean {
  const word = text.replace(/^[^a-z]+|[^a-z]+$/g, '');
  const forms = [text, word, withLetters(word), repeated(text), repeated(word)].filter(Boolean);
  if (repeated(text).length < 4 || forms.some((form) => commonPasswords.has(form) || isRun(form)))
    return true;
  const left = own.reduce((rest, one) => (one.length < 3 ? rest : rest.replaceAll(one, '')), text);
  return left.length < 4 || commonPasswords.has(left) || isRun(left);
}

const refused = (code: string, vi: string, en: string): Refusal =>
  refusal(code, { vi, en }, { field: 'password' });

/**
 * Whether a new password may be taken. After NIST SP 800-63B: length counts, no rules of composition, no expiry;
 * what guessers try first is refused, and what follows from the account itself.
 * @param own what belongs to the account: log-in, name, office
 * @returns null when it may
 */
export function passwordRefusal(password: string, minLength: number, own: readonly string[]): Refusal | null {
  const length = Array.from(normalizedPassword(password)).length;
  if (length < minLength)
    return refused(
      'password-too-short',
      `Mật khẩu cần ít nhất ${minLength} ký tự; một câu dễ nhớ là tốt nhất.`,
      `A password needs at least ${minLength} characters; a sentence that you remember is best.`,
    );
  if (length > LONGEST)
    return refused(
      'password-too-long',
      `Mật khẩu dài nhất ${LONGEST} ký tự.`,
      `A password has at most ${LONGEST} characters.`,
    );
  const words = own.flatMap((one) => [plain(one), ...one.split(/[\s.@_-]+/).map(plain)]);
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  if (isGuessable(plain(normalizedPassword(password)), longestFirst))
    return refused(
      'password-guessable',
      'Mật khẩu này dễ đoán (từ phổ biến, dãy ký tự, hoặc tên của chính bạn). Hãy chọn mật khẩu khác.',
      'This password is easy to guess (a common word, a run of keys, or your own name). Choose another one.',
    );
  return null;
}
