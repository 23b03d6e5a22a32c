import { createTheme, type MantineColorsTuple } from '@mantine/core';

const lake: MantineColorsTuple = [
  '#edf4fb',
  '#d9e6f3',
  '#aecbe7',
  '#80aeda',
  '#5b96d0',
  '#4487ca',
  '#2f74b8',
  '#215f9c',
  '#194c80',
  '#12375f',
];

const night: MantineColorsTuple = [
  '#e8edf3',
  '#c4cedb',
  '#a9b5c3',
  '#7d8a99',
  '#4a5664',
  '#303a46',
  '#222a34',
  '#1a2028',
  '#12161c',
  '#0c0f14',
];

const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

export const theme = createTheme({
  primaryColor: 'lake',
  primaryShade: { light: 7, dark: 6 },
  colors: { lake, dark: night },
  fontFamily: fonts,
  headings: { fontFamily: fonts, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // They go by themselves; what they say also stands on the page.
  components: {
    Notification: { defaultProps: { withCloseButton: false } },
    // Where they were opened, within that landmark, and with nothing in them but what can be chosen.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
  },
  focusRing: 'auto',
});
