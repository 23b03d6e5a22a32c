/** Where a dispatch is, as its machine names it. */
export const dispatchStates = [
  'gathering',
  'composing',
  'sending',
  'held',
  'failed',
  'sent',
  'empty',
  'dropped',
] as const;
export type DispatchState = (typeof dispatchStates)[number];
