import { readEarlierNotices } from './earlier-notices';
import { type ReadDocument } from './document-facts';
import { type DraftedDirective, type IntakeNote } from './intake-result';
import { type Section } from './structure';

/** What the clerk should know about the document as a whole. */
export function readNotes(
  source: string,
  sections: readonly Section[],
  document: ReadDocument,
  directives: readonly DraftedDirective[],
): readonly IntakeNote[] {
  const notes: IntakeNote[] = [];
  const { facts } = document;
  if (directives.length === 0) {
    notes.push({
      code: 'nothing-found',
      vi:
        source.trim() === ''
          ? 'Văn bản không có nội dung chữ.'
          : 'Không tìm thấy nhiệm vụ nào trong văn bản này.',
      en: source.trim() === '' ? 'The document has no text.' : 'No directive was found in this document.',
    });
  }
  if (facts.type === null) {
    notes.push({
      code: 'not-a-notice',
      vi: 'Không nhận ra loại văn bản (thông báo kết luận, kết luận, báo cáo…).',
      en: 'The type of document (conclusion notice, conclusion, report…) was not recognised.',
    });
  } else {
    if (facts.number === null)
      notes.push({
        code: 'number-missing',
        vi: 'Số văn bản để trống.',
        en: 'The number of the document is blank.',
      });
    if (facts.issuedOn === null) {
      notes.push({
        code: 'issue-date-missing',
        vi: 'Ngày ban hành để trống hoặc không đọc được.',
        en: 'The date of issue is blank or unreadable.',
      });
    }
  }
  const texts = sections.map(({ content }) => content.text);
  const earlier = readEarlierNotices(
    texts.slice(0, document.bodyStart),
    texts.slice(document.bodyStart, document.bodyEnd),
  );
  if (earlier.length > 0) {
    const numbers = earlier.map(({ number }) => number).join('; ');
    notes.push({
      code: 'changes-earlier',
      vi: `Văn bản này thay thế, điều chỉnh hoặc gia hạn văn bản trước: ${numbers}.`,
      en: `This document replaces, changes or extends an earlier one: ${numbers}.`,
      earlier,
    });
  }
  const months = meetingMonths(sections);
  if (months.size > 1) {
    notes.push({
      code: 'contradiction',
      vi: `Văn bản nêu khác nhau về kỳ họp: ${[...months].join('; ')}.`,
      en: `The document names its meeting differently: ${[...months].join('; ')}.`,
    });
  }
  return notes;
}

/** "phiên họp thường kỳ tháng 03 năm 2023" in the title, "… năm 2022" in the closing words. */
function meetingMonths(sections: readonly Section[]): ReadonlySet<string> {
  const months = new Set<string>();
  for (const { content } of sections) {
    if (!/^(?:Kết luận|Ý kiến|Trên đây|Thông báo)/iu.test(content.text)) continue;
    for (const match of content.text.matchAll(
      /(?:phiên họp|hội nghị|cuộc họp|giao ban)[^.;]{0,40}?tháng\s+0?(\d{1,2})\s*(?:\/|năm\s+)(\d{4})/giu,
    )) {
      months.add(`tháng ${match[1] ?? ''} năm ${match[2] ?? ''}`);
    }
  }
  return months;
}
