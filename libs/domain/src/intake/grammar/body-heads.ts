/** Where a name begins: patterns that the readers of bodies and of names share. Sticky, for use with `matchAt`. */
import { agencyHeads, officeHeads } from './head-words';

export const notLetter = '(?![\\p{L}\\p{M}])';
export const comrade = /(?:các\s+)?(?:đồng chí|đ\/c|ông|bà)\s+/iuy;
export const agencyHead = new RegExp(
  `(?:VP${notLetter}|${agencyHeads.map((head) => `(?:${head})${/[)?]$|\\p\{Lu\}\)?$/u.test(head) ? '' : notLetter}`).join('|')})`,
  'uy',
);
export const officeHead = new RegExp(`(?:${officeHeads.join('|')})${notLetter}`, 'uy');
