import { lazy, Suspense } from 'react';

const Remarks = lazy(() => import('./Remarks'));

/** Remarks about the settings, where there are some: most restaurants have none, so that nobody waits for the list. */
export function Remarked({ remarks }: { remarks: readonly string[] }) {
  if (remarks.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Remarks remarks={[...new Set(remarks)]} />
    </Suspense>
  );
}
