/** "12/TB-UBND#3": number (or the office's mark) of the source `s` with document `o`, and the place in it. */
export const DIRECTIVE_NAME = `coalesce(o.number, s.reference, s.kind) || '#' || d.ordinal`;
