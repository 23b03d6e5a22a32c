/** Drawn on a square of 24, as strokes. */
const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 7.5V12l3 2M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z',
  alert:
    'M12 9v4.5M12 17h.01M10.4 4.3L2.9 17.4a1.9 1.9 0 001.6 2.8h15a1.9 1.9 0 001.6-2.8L13.6 4.3a1.85 1.85 0 00-3.2 0z',
  inbox:
    'M3.5 13.5h4.8l1.6 2.6h4.2l1.6-2.6h4.8M5.8 5.5h12.4l2.3 8v4a1.5 1.5 0 01-1.5 1.5H5a1.5 1.5 0 01-1.5-1.5v-4l2.3-8z',
  list: 'M8.5 6.5h12M8.5 12h12M8.5 17.5h12M4 6.5h.01M4 12h.01M4 17.5h.01',
  gavel: 'M14 4.5l5.5 5.5M9 9.5l5.5 5.5M16.7 7.3l-5 5M4 20l6.7-6.7M12 20.5h8.5',
  chart: 'M4 20h16M6.5 16.5v-5M12 16.5V5M17.5 16.5V9',
  upload: 'M12 15.5V4.5M7.5 8.5L12 4l4.5 4.5M4.5 16v2.5A1.5 1.5 0 006 20h12a1.5 1.5 0 001.5-1.5V16',
  shield: 'M12 3.5l7 2.8v5.2c0 4.4-2.9 7.6-7 9-4.1-1.4-7-4.6-7-9V6.3l7-2.8zM8.8 12l2.3 2.3 4.2-4.4',
  people:
    'M9 11a3.2 3.2 0 100-6.4A3.2 3.2 0 009 11zM3 19.5c0-3 2.6-5 6-5s6 2 6 5M16 5a3 3 0 010 5.8M17.5 14.8c2.1.6 3.5 2.3 3.5 4.7',
  person: 'M12 11.5a3.7 3.7 0 100-7.4 3.7 3.7 0 000 7.4zM5 20c0-3.4 3-5.5 7-5.5s7 2.1 7 5.5',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  down: 'M6 9.5l6 6 6-6',
  forward: 'M4 6l7 6-7 6V6zM13 6l7 6-7 6V6z',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.3 8.3 0 019.5 4a8.3 8.3 0 1010.5 10.5z',
  search: 'M10.8 4.5a6.3 6.3 0 100 12.6 6.3 6.3 0 000-12.6zM15.5 15.5l4.5 4.5',
  close: 'M6 6l12 12M18 6L6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  file: 'M13.5 3.5H7A1.5 1.5 0 005.5 5v14A1.5 1.5 0 007 20.5h10a1.5 1.5 0 001.5-1.5V8.5l-5-5zM13.5 3.5v5h5',
  hourglass:
    'M7 4h10M7 20h10M8 4v3.2c0 1.9 4 3 4 4.8 0-1.8 4-2.9 4-4.8V4M8 20v-3.2c0-1.9 4-3 4-4.8 0 1.8 4 2.9 4 4.8V20',
  pause: 'M9 6v12M15 6v12',
  ban: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM6 6l12 12',
  back: 'M9.5 7L5 11.5 9.5 16M5 11.5h9a5 5 0 010 10h-1',
  spark: 'M12 3.5l2 6.5 6.5 2-6.5 2-2 6.5-2-6.5-6.5-2 6.5-2 2-6.5z',
  calendar: 'M5 6.5h14a1 1 0 011 1V19a1 1 0 01-1 1H5a1 1 0 01-1-1V7.5a1 1 0 011-1zM4 11h16M8.5 4v4M15.5 4v4',
  minus: 'M6 12h12',
} as const;

export type IconName = keyof typeof paths;

/** Always beside words, so it says nothing to a screen reader. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
