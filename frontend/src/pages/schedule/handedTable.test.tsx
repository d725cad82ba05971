import { render, screen } from '@testing-library/react';
import { lazy, Suspense } from 'react';
import { expect, it } from 'vitest';

import { handTable, useHandedTable } from './tables';

const Shows = () => <p>{JSON.stringify(useHandedTable())}</p>;

it('hands a table over once, to a dialog that begins anew while a part of it is being loaded', async () => {
  handTable({ table: [['a']] });
  const Late = lazy(() => Promise.resolve({ default: () => null }));
  const { unmount } = render(
    <Suspense>
      <Shows />
      <Late />
    </Suspense>,
  );
  await screen.findByText('{"table":[["a"]]}');
  unmount();
  render(<Shows />);
  expect(screen.getByRole('paragraph').textContent).toBe('null');
});
