import { useSyncExternalStore } from 'react';

/** In their order; the tour is taken up again where it was left. */
export const tourSteps = ['draft', 'assign', 'time', 'leader', 'decide', 'done'] as const;
export type TourStep = (typeof tourSteps)[number];

export interface TourProgress {
  readonly step: TourStep;
  /** The draft that is looked at. */
  readonly draft: string | null;
}

const STORED = 'dondoc.tour';
const listeners = new Set<() => void>();
let read: { readonly text: string | null; readonly progress: TourProgress | null } = {
  text: null,
  progress: null,
};

function parse(text: string | null): TourProgress | null {
  const [step = '', draft = ''] = (text ?? '').split(' ');
  const known = tourSteps.find((one) => one === step);
  return known ? { step: known, draft: draft === '' ? null : draft } : null;
}

function snapshot(): TourProgress | null {
  const text = localStorage.getItem(STORED);
  if (read.text !== text) read = { text, progress: parse(text) };
  return read.progress;
}

export function goOn(step: TourStep, draft: string | null = null): void {
  localStorage.setItem(STORED, draft === null ? step : `${step} ${draft}`);
  listeners.forEach((tell) => tell());
}

export function endTour(): void {
  localStorage.removeItem(STORED);
  listeners.forEach((tell) => tell());
}

/** Null while nobody is on a tour. */
export function useTour(): TourProgress | null {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, snapshot);
}
