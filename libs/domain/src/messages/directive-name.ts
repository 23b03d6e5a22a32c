/**
 * What messages call a directive of the source `s` with the document `o`: "12/TB-UBND#3", or nothing where its source
 * has no number (an oral order).
 */
export const MESSAGE_NAME = `coalesce(o.number, s.reference) || '#' || d.ordinal`;
