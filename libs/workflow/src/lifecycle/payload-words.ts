import { type z } from 'zod';
import { type Bilingual } from './refusal';

const kinds: Readonly<Record<string, Bilingual>> = {
  string: { vi: 'chữ', en: 'text' },
  number: { vi: 'số', en: 'a number' },
  int: { vi: 'số nguyên', en: 'a whole number' },
  boolean: { vi: 'có hoặc không', en: 'yes or no' },
  array: { vi: 'danh sách', en: 'a list' },
  object: { vi: 'một nhóm thông tin', en: 'a group of fields' },
};

const formats: Readonly<Record<string, Bilingual>> = {
  date: { vi: 'ngày dạng NĂM-THÁNG-NGÀY', en: 'a date as YEAR-MONTH-DAY' },
  datetime: { vi: 'thời điểm theo ISO 8601', en: 'an instant in ISO 8601' },
  email: { vi: 'địa chỉ thư điện tử', en: 'an e-mail address' },
  url: { vi: 'địa chỉ liên kết', en: 'a link' },
  uuid: { vi: 'mã định danh (UUID)', en: 'an identifier (UUID)' },
};

/** What a bound counts. */
const counted: Readonly<Record<string, Bilingual>> = {
  string: { vi: ' ký tự', en: ' characters' },
  array: { vi: ' mục', en: ' items' },
};

function bound(origin: string, limit: unknown, inclusive: boolean | undefined, from: boolean): Bilingual {
  const unit = counted[origin] ?? { vi: '', en: '' };
  const [vi, en] = from
    ? inclusive === false
      ? ['lớn hơn', 'more than']
      : ['từ', 'at least']
    : inclusive === false
      ? ['nhỏ hơn', 'less than']
      : ['không quá', 'at most'];
  return { vi: `Phải ${vi} ${String(limit)}${unit.vi}.`, en: `Must be ${en} ${String(limit)}${unit.en}.` };
}

const mustBe = (what: Bilingual | undefined): Bilingual =>
  what
    ? { vi: `Phải là ${what.vi}.`, en: `Must be ${what.en}.` }
    : { vi: 'Không đúng dạng.', en: 'Not in the right form.' };

/** Words that a schema brings along: `refine(..., { params: { vi, en } })`. */
function ownWords(params: unknown): Bilingual | undefined {
  const { vi, en } = (params ?? {}) as Partial<Bilingual>;
  return typeof vi === 'string' && typeof en === 'string' ? { vi, en } : undefined;
}

/** Why a field does not fit, in both languages. */
export function inWords(issue: z.core.$ZodIssue, isMissing: boolean): Bilingual {
  if (isMissing && issue.code !== 'custom' && issue.code !== 'unrecognized_keys')
    return { vi: 'Chưa nhập.', en: 'Is missing.' };
  switch (issue.code) {
    case 'invalid_type':
      return mustBe(kinds[issue.expected]);
    case 'invalid_format':
      return mustBe(formats[issue.format]);
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ');
      return { vi: `Phải là một trong: ${values}.`, en: `Must be one of: ${values}.` };
    }
    case 'too_small':
      return bound(issue.origin, issue.minimum, issue.inclusive, true);
    case 'too_big':
      return bound(issue.origin, issue.maximum, issue.inclusive, false);
    case 'not_multiple_of':
      return { vi: `Phải là bội của ${issue.divisor}.`, en: `Must be a multiple of ${issue.divisor}.` };
    case 'unrecognized_keys':
      return { vi: 'Không có mục này.', en: 'There is no such field.' };
    case 'custom':
      return ownWords(issue.params) ?? mustBe(undefined);
    default:
      return mustBe(undefined);
  }
}
