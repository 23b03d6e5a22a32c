import { useSyncExternalStore } from 'react';

/*
 * Keys of one letter help whoever works by the keyboard, and are in the way of whoever speaks to the machine: they can be
 * turned off (WCAG 2.2, 2.1.4), for this browser.
 */
const STORED = 'dondoc.single-keys';
const listeners = new Set<() => void>();

const areOn = () => localStorage.getItem(STORED) !== 'off';

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether keys of one letter do anything, and how to say otherwise. */
export function useSingleKeys() {
  const isOn = useSyncExternalStore(subscribe, areOn);
  const set = (on: boolean) => {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, 'off');
    for (const listener of listeners) listener();
  };
  return { isOn, set };
}

/** Whether somebody types there, so that a letter is a letter. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
