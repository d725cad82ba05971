import { createTheme, localStorageColorSchemeManager } from '@mantine/core';

const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", sans-serif';

/** Colours are in `mantine.css`, not here: a stylesheet is a file, so the page needs no inline style. */
export const theme = createTheme({
  fontFamily: FONTS,
  headings: { fontFamily: FONTS, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

export const schemes = localStorageColorSchemeManager({ key: 'shiftsync-colors' });
