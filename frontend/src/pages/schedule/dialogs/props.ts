import type { Grid } from '@/grid/controller';

import type { ScheduleSource } from '../scheduleSource';
import type { Findings } from '../unplanned';
import type { Month } from '../useSchedule';

/** What every dialog about one schedule gets. */
export interface ScheduleDialogProps {
  readonly grid: Grid;
  readonly source: ScheduleSource;
  readonly month: Month;
  readonly findings: Findings;
  /** What of the address belongs to the dialog. */
  readonly path: readonly string[];
  readonly onClose: () => void;
}
