import { lazy, Suspense } from 'react';

import { basedOn, useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import * as bounds from '@/realtime/protocol/bounds.gen';

import { useRefusal } from './refusals';
import { useRowName } from './useRowName';
import { weekdayName } from './weekdays';

// It comes when it is first needed; what the forms have already it is given.
const NeedsTable = lazy(() => import('../needs/NeedsTable'));

/** All needs as one table of numbers. */
export function Needs() {
  const needs = useView(({ settings }) => settings?.staffingNeeds) ?? [];
  const skills = useView(({ settings }) => settings?.skills);
  const isLocked = useView(({ settings }) => settings?.version?.isLocked === true);
  const canEdit = useCanEdit() && !isLocked;
  const backend = useBackend();
  const refusal = useRefusal();
  const name = useRowName('staffingNeeds');
  return (
    <Suspense>
      <NeedsTable
        needs={needs.filter(({ isActive }) => isActive).map((need) => ({ ...need, shown: name({ ...need }), skill: skills?.find(({ id }) => id === need.needConfig['skillId'])?.name }))}
        most={bounds.STAFFING_NEED_CHANGES['needConfig.spare'].maximum}
        weekdayName={weekdayName}
        canEdit={canEdit}
        save={async (needId, needConfig, base) => {
          const refused = refusal(await backend.change({ type: 'SETTINGS_UPDATE_STAFFING_NEEDS', payload: { needId, changes: { needConfig }, ...basedOn(base) } }).outcome);
          if (refused !== null) toast('error', Object.values(refused).join(' '));
        }}
      />
    </Suspense>
  );
}
