import { type MappedText } from './mapped-text';
import { readMarker, type MarkerStyle } from './markers';
import { isCapitals, type Paragraph } from './paragraphs';

/** One paragraph in its place: under which items it stands, and how it is referred to. */
export interface Section {
  readonly content: MappedText;
  readonly style: MarkerStyle | 'heading' | 'paragraph' | 'row';
  readonly parent: Section | null;
  readonly children: Section[];
  /** "II.3", "2/bullet 1". An unmarked paragraph carries that of the item it belongs to. */
  readonly ref: string;
  readonly bold: boolean;
}

interface Open {
  readonly section: Section;
  readonly rank: number;
  bullets: number;
}

const headingRank = 0.5;
/** A bold line stands inside its part and above the numbers. */
const subheadingRank = 1.5;
/** An unmarked "…như sau:" holds the bullets below it, but no numbered items. */
const leadInRank = 6.5;

/** Puts paragraphs under the items that hold them. */
export function readStructure(paragraphs: readonly Paragraph[]): readonly Section[] {
  const sections: Section[] = [];
  const open: Open[] = [];
  let loose = 0;
  for (const { content, bold } of paragraphs) {
    const marker = content.text.startsWith('|') ? null : readMarker(content.text);
    const heading = marker === null && isHeadingLine(content.text, bold);
    const leadsIn = marker === null && !heading && content.text.endsWith(':');
    const rank =
      marker?.rank ??
      (heading
        ? isCapitals(content.text)
          ? headingRank
          : subheadingRank
        : leadsIn
          ? leadInRank
          : Number.POSITIVE_INFINITY);
    while (open.length > 0 && (open[open.length - 1]?.rank ?? 0) >= rank) open.pop();
    const holder = open[open.length - 1];
    const parent = holder?.section ?? null;
    let ref = parent?.ref ?? '';
    if (marker !== null) {
      if (marker.label === null) {
        const count = holder === undefined ? (loose += 1) : (holder.bullets += 1);
        ref = `${ref === '' ? '' : `${ref}/`}bullet ${count}`;
      } else {
        ref = nestedRef(ref, marker.label);
      }
    }
    const section: Section = {
      content: marker === null ? content : content.slice(marker.length).trim(),
      style: marker?.style ?? (content.text.startsWith('|') ? 'row' : heading ? 'heading' : 'paragraph'),
      parent,
      children: [],
      ref,
      bold,
    };
    parent?.children.push(section);
    sections.push(section);
    if (rank !== Number.POSITIVE_INFINITY) open.push({ section, rank, bullets: 0 });
  }
  return sections;
}

/** "2.1" under "2" is "2.1", not "2.2.1". */
function nestedRef(outer: string, label: string): string {
  if (outer === '') return label;
  const own = label.split('.');
  const held = outer.split('.');
  if (own.length > 1 && held[held.length - 1] === own[0]) return [...held.slice(0, -1), label].join('.');
  return `${outer}.${label}`;
}

function isHeadingLine(text: string, bold: boolean): boolean {
  if (text.startsWith('|') || /[.;]$/u.test(text)) return false;
  return (isCapitals(text) && text.length > 3) || (bold && text.length < 200);
}

/** Outermost first. */
export function ancestors(section: Section): readonly Section[] {
  const path: Section[] = [];
  for (let at = section.parent; at !== null; at = at.parent) path.unshift(at);
  return path;
}
