import type { ReactElement } from 'react';

/** Line icons on a grid of 24. */
const PATHS = {
  alert: 'M12 4 21 20H3zM12 10v4M12 17v.5',
  backup: 'M4 9a8 8 0 0 1 14-3l2 2M20 4v4h-4M20 15a8 8 0 0 1-14 3l-2-2M4 20v-4h4',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  chart: 'M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6',
  check: 'm5 12 5 5 9-11',
  chevronDown: 'm6 9 6 6 6-6',
  chevronLeft: 'm15 5-7 7 7 7',
  chevronRight: 'm9 5 7 7-7 7',
  close: 'm6 6 12 12M18 6 6 18',
  cloud: 'M7 18a4 4 0 0 1 0-8 5.5 5.5 0 0 1 10.5 1.5A3.5 3.5 0 0 1 17 18z',
  cloudOff: 'M7 18a4 4 0 0 1 0-8 5.5 5.5 0 0 1 10.5 1.5A3.5 3.5 0 0 1 17 18zM4 4l16 16',
  command: 'M9 9h6v6H9zM9 9H7a2 2 0 1 1 2-2zM15 9V7a2 2 0 1 1 2 2zM15 15h2a2 2 0 1 1-2 2zM9 15v2a2 2 0 1 1-2-2z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  day: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M10 14h4v3h-4z',
  device: 'M7 3h10v18H7zM11 18h2',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  eraser: 'M8 20h12M5 15 14 6l5 5-9 9H8z',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  group: 'M4 6h16M8 12h12M8 18h12M4 12v6',
  help: 'M9 9a3 3 0 1 1 4 3c-.7.3-1 .8-1 2M12 17v.5',
  history: 'M4 12a8 8 0 1 0 3-6L4 8M4 4v4h4M12 8v4l3 2',
  info: 'M12 11v6M12 7v.5',
  language: 'M4 6h10M9 4v2M12 6c-1 4-4 7-8 9M6 10c1 2 4 4 7 5M13 20l4-9 4 9M14.5 17h5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  magic: 'm5 19 9-9M14 4v3M12.5 5.5h3M19 9v3M17.5 10.5h3M17 16v2M16 17h2',
  menu: 'M4 7h16M4 12h16M4 17h16',
  minus: 'M5 12h14',
  moon: 'M19 15A8 8 0 0 1 9 5a8 8 0 1 0 10 10z',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  paste: 'M8 5H5v16h14V5h-3M8 3h8v4H8z',
  people: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 5.5a3 3 0 0 1 0 5.5M17 14.5c2.5.5 4 2.700 4 5.500',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z',
  publish: 'M12 20V8M7 12l5-5 5 5M4 4h16',
  redo: 'M19 9h-9a5 5 0 0 0 0 10h5M15 5l4 4-4 4',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4 4',
  select: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 9h6v6H9z',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v2M12 19v2M3 12h2M19 12h2M5.500 5.500 7 7M17 17l1.500 1.500M5.500 18.500 7 17M17 7l1.500-1.500',
  undo: 'M5 9h9a5 5 0 0 1 0 10H9M9 5 5 9l4 4',
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative: its meaning is in the adjacent text or a label. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }): ReactElement {
  return (
    <svg className="app-icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
