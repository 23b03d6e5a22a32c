/** Sizes of the drawing, in SVG units. */
export const TEXT = { size: 12, small: 10.5, line: 17, smallLine: 14 } as const;

/** Width of a text at a font size, on the safe side: fonts differ, and a drawing has to be the same everywhere. */
export function widthOf(text: string, size: number = TEXT.size): number {
  let em = 0;
  for (const character of text.normalize('NFC')) {
    if ((character.codePointAt(0) ?? 0) >= 0x2e80) em += 1.05;
    else if (/[iljtfI.,:;'|![\]() ]/.test(character)) em += 0.4;
    else if (/[mwMW@—→⏱]/.test(character)) em += 0.98;
    else em += /\p{Lu}/u.test(character) ? 0.72 : 0.63;
  }
  return Math.ceil(em * size);
}

/** At most so many characters, the rest an ellipsis. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
