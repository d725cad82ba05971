import { createRoot } from 'react-dom/client';

import { Grid } from '@/grid/controller';
import { GridTable } from '@/grid/GridTable';
import { makeLayout } from '@/grid/layout';
import { cells, days, people, symbols } from './people';
import { MemorySource } from './memory';
import { words } from './words';

/** `?staff=300&end=2027-01-20&dark` beside nothing but a grid: to look at it and to measure it. */
const query = new URLSearchParams(location.search);
const everyone = people(Number(query.get('staff') ?? 17));
const dates = days('2026-11-21', query.get('end') ?? '2026-12-20', '2026-11-25');
const source = new MemorySource(
  dates.map(({ dateKey }) => dateKey),
  cells(everyone, dates),
);
const grouping = { of: ({ position }: { position: string }) => ({ key: position, label: position }) };
const layout = makeLayout(everyone, dates, query.has('group') ? grouping : null);
const grid = new Grid(
  source,
  layout,
  {
    notify: (notice) => console.info(notice),
    askOverlap: () => Promise.resolve('overwrite'),
    openHistory: () => undefined,
    openMenu: () => undefined,
    setLocked: (all, locked) => source.setLocked(all, locked),
  },
  { readOnly: query.has('viewer'), advance: 'right' },
);
const dayLimits = dates.map(() => ({ off: [{ min: null, max: 4, isHard: true }], early: [{ min: 1, max: null, isHard: false }] }));

document.documentElement.dataset.mantineColorScheme = query.has('dark') ? 'dark' : 'light';
Object.assign(window, { grid, source, people: everyone, dates });
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <GridTable grid={grid} symbols={symbols} words={words} dayLimits={dayLimits} coarse={query.has('coarse')} />,
  );
}
