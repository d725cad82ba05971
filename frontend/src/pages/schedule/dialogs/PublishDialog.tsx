import '@/i18n/dialogs';

import { Button, Group } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useOnLeaving } from '@/app/shell/keeping';
import { asValue } from '@/app/shell/conflictChoice';
import { basedOn, useBackend } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { toast } from '@/app/stores/toasts';
import { Waiting } from '@/app/ui/Waiting';
import type { Person } from '@/grid/model';
import type { ConflictItem } from '@/realtime/protocol';

import { DiffTable } from '../DiffTable';
import { PublicationChanges } from '../PublicationChanges';
import type { ScheduleDialogProps } from './props';
import { peopleOf } from '../unplanned';
import { factCount, usePublicationPreview } from '../usePublished';

/** What publishing would change for those who only look: shown before it is done. */
export default function PublishDialog({ source, month, findings, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('dialogs');
  const backend = useBackend();
  const { scheduleId } = source;
  const [busy, setBusy] = useState(false);
  const answer = usePublicationPreview(scheduleId);
  const [unseen, setUnseen] = useState<readonly ConflictItem[]>([]);
  const isOpen = useRef(true);
  useOnLeaving(() => (isOpen.current = false));
  const publish = async (seen: number) => {
    setBusy(true);
    const based = { strategy: 'user_choice', ...basedOn(seen) } as const;
    const { requestId, outcome: ending } = backend.change({ type: 'SCHEDULE_PUBLISH', payload: { scheduleId, ...based } });
    const outcome = await ending;
    // Who has gone on meanwhile finds it among the conflicts.
    if (!isOpen.current) return;
    setBusy(false);
    if (outcome.kind === 'conflict') {
      backend.discard(requestId);
      setUnseen(outcome.items);
      answer.again();
    }
    if (outcome.kind !== 'applied') return;
    toast('good', t('publish.done'));
    onClose();
  };
  const { violations, unplanned, state: checked } = findings;
  const hard = violations.filter((each) => each.isHard && !source.isAccepted(each)).length;
  return (
    <Dialog title={t('publish.title')} onClose={onClose} size="lg">
      <p className="app-tight">{t('publish.what')}</p>
      {checked !== 'checked' && <p className="app-warning">{t(`problems.${checked}`)}</p>}
      {hard > 0 && <p className="app-warning">{t('publish.problems', { count: hard })}</p>}
      {unplanned.length > 0 && <p className="app-warning">{t('problems.unplanned', { count: peopleOf(unplanned).size })}</p>}
      {unseen.length > 0 && <Unseen items={unseen} people={month.people} />}
      <Waiting answer={answer}>
        {(preview) => {
          const count = preview.diff.length + factCount(preview.changes);
          return (
            <>
              <h3 className="app-h3">{t(preview.publication === null ? 'publish.first' : 'publish.since', { count })}</h3>
              {preview.publication !== null && count === 0 && <p className="app-dim">{words('publication.nothing')}</p>}
              <PublicationChanges preview={preview} people={month.people} />
            </>
          );
        }}
      </Waiting>
      <Group justify="flex-end" mt="md">
        {/* Not before one has seen what it would change. */}
        <Button loading={busy} disabled={answer.state !== 'ready'} onClick={() => answer.state === 'ready' && void publish(answer.value.version)}>
          {t('publish.now')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** What others changed after this dialog was opened: it was not published, for nobody has looked at it. */
function Unseen({ items, people }: { items: readonly ConflictItem[]; people: readonly Person[] }) {
  const { t } = useTranslation('dialogs');
  const { t: words } = useTranslation();
  const names = [...new Set(items.map(({ theirAuthor }) => theirAuthor || words('conflict.somebody')))].join(', ');
  const cells = items.flatMap((item) => {
    const [, staffId = '', dateKey = ''] = item.entityId.split('/');
    return item.entity === 'shift' ? [{ staffId, dateKey, from: asValue(item.base), to: asValue(item.theirs) }] : [];
  });
  return (
    <div className="app-warning" role="alert">
      <p className="app-tight">{t('publication.unseen', { names })}</p>
      {cells.length > 0 && <DiffTable differences={cells} people={people} />}
    </div>
  );
}
