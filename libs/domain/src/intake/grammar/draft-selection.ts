import { DeadlineFinder } from './deadlines';
import { isOfParty, readDocumentFacts } from './document-facts';
import { draftGroup } from './drafting';
import { type Group } from './grouping';
import { type IntakeOptions, type IntakeResult } from './intake-result';
import { readParagraphs, tidyWords } from './paragraphs';
import { readSegments } from './segments';
import { readStructure, type Section } from './structure';

/**
 * Drafts one directive of words that a person selected in a notice: they are taken to order something, whatever the rules say
 * of the place where they stand. `text` as given to `draftDirectives`; offsets into it, end exclusive.
 */
export function draftSelection(
  text: string,
  start: number,
  end: number,
  options: IntakeOptions = {},
): IntakeResult {
  const source = text.normalize('NFC').replace(/\r\n?/gu, '\n');
  const document = readDocumentFacts(readStructure(readParagraphs(source)));
  const finder = new DeadlineFinder(document.year, document.day);
  const content = tidyWords(source, start, end);
  const segments = readSegments(content, finder);
  const first = segments.find(({ clause }) => clause.doers.length > 0) ?? segments[0];
  if (first === undefined) return { document: document.facts, directives: [], notes: [] };
  const group: Group = {
    parts: [content],
    segments,
    doers: first.clause.doers,
    doersFrom: first.clause.doers.length > 0 ? 'own' : 'none',
    rule: 'selected-by-hand',
    bracketed: false,
    doubtful: false,
  };
  const section: Section = { content, style: 'paragraph', parent: null, children: [], ref: '', bold: false };
  const directive = draftGroup(group, section, '', document.facts.type, {
    source,
    finder,
    options,
    trace: [],
    ofParty: isOfParty(document.facts),
  });
  return { document: document.facts, directives: [directive], notes: [] };
}
