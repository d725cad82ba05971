import { lazy, Suspense } from 'react';

import type { GenerationProgress } from '@/realtime/protocol';

const Way = lazy(() => import('./Way'));

/** The way of a job, once there is one to show: nobody waits for the chart. */
export function HowItWent({ progress }: { progress: GenerationProgress | null }) {
  if (progress === null || progress.way.length < 2) return null;
  return (
    <Suspense fallback={null}>
      <Way progress={progress} />
    </Suspense>
  );
}
