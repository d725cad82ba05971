import { ActionIcon, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useBackendStore, useCanEdit, useView } from '@/app/stores/backend';
import { DropMenu } from '@/app/ui/DropMenu';
import type { MenuItem } from '@/app/ui/dropped';
import { Icon, type IconName } from '@/app/ui/Icon';
import { usePhone } from '@/app/ui/useMedia';
import { setPreference, usePreference } from '@/app/stores/preferences';
import { go, openDialog } from '@/app/stores/route';
import { ViewerNote } from '@/app/shell/Shell';
import type { Grid } from '@/grid/controller';
import { symbolKeys } from '@/grid/keymap';

import { exportUrl } from './exports';
import { Filter } from './Filter';
import { useAskedBy, useGeneration } from './useGeneration';
import { useUnpublished } from './usePublished';
import type { Findings } from './unplanned';
import type { Month } from './useSchedule';
import { openWishes } from './wishes';

interface Props {
  readonly grid: Grid;
  readonly month: Month;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly problems: number;
  readonly checked: Findings['state'];
  /** How many people have no entry yet. */
  readonly unplanned: number;
  readonly coarse: boolean;
  readonly ranging: boolean;
  readonly onRanging: (ranging: boolean) => void;
}

/** What is done most, one click away: symbols, undo, filter, and the four things one does with a month. */
export function Toolbar(props: Props) {
  const canEdit = useCanEdit();
  const { t } = useTranslation();
  return (
    <div className="sp-toolbar" role="toolbar" aria-label={t('schedule.toolbar')}>
      {canEdit && <Symbols {...props} />}
      {canEdit && props.coarse && (
        <Tool icon="select" label={t('edit.range')} pressed={props.ranging} onClick={() => props.onRanging(!props.ranging)} />
      )}
      {canEdit && <Undo grid={props.grid} />}
      <ViewerNote />
      <Filter {...props} />
      <GroupBy />
      <div className="sp-actions">
        {canEdit && <ProblemsButton {...props} />}
        {canEdit && <Generate scheduleId={props.month.period.scheduleId ?? ''} />}
        <Publish {...props} canEdit={canEdit} />
        <More {...props} canEdit={canEdit} />
      </div>
    </div>
  );
}

function Tool({ icon, label, keys, pressed, onClick }: { icon: IconName; label: string; keys?: string; pressed?: boolean; onClick: () => void }) {
  return (
    <ActionIcon
      variant={pressed === true ? 'light' : 'subtle'}
      color={pressed === true ? 'blue' : 'gray'}
      size="lg"
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
}

/** One button for each symbol: what newcomers and fingers use instead of the keys. */
function Symbols({ grid, month }: Props) {
  const { t } = useTranslation();
  const keys = symbolKeys(month.symbols);
  return (
    <div className="sp-symbols" role="group" aria-label={t('edit.symbols')}>
      {month.symbols.map(({ symbol, label, kind }) => (
        <button
          key={symbol}
          type="button"
          className={`sp-symbol ss-${kind}`}
          aria-label={label}
          title={`${label} (${keys.get(symbol)?.join(', ') ?? ''})`}
          // The focus stays in the grid, so that one goes on by keys.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => grid.setValue(symbol)}
        >
          {symbol}
        </button>
      ))}
      <button
        type="button"
        className="sp-symbol"
        aria-label={t('edit.clear')}
        title={`${t('edit.clear')} (Del)`}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => grid.clear()}
      >
        <Icon name="eraser" size={16} />
      </button>
    </div>
  );
}

function Undo({ grid }: { grid: Grid }) {
  const { t } = useTranslation();
  return (
    <div className="sp-pair">
      <Tool icon="undo" label={t('edit.undo')} keys="Ctrl+Z" onClick={() => grid.run({ type: 'undo' })} />
      <Tool icon="redo" label={t('edit.redo')} keys="Ctrl+Y" onClick={() => grid.run({ type: 'redo' })} />
    </div>
  );
}

const GROUPINGS = ['none', 'group', 'position', 'status'] as const;

function GroupBy() {
  const { t } = useTranslation();
  const groupBy = usePreference('groupBy');
  const items = GROUPINGS.map((name) => ({
    id: name,
    label: t(`groupBy.${name}`),
    checked: name === groupBy,
    run: () => setPreference('groupBy', name),
  }));
  return (
    <DropMenu
      items={items}
      button={
        <Button className="sp-group" variant="subtle" color="gray" size="sm" aria-label={t(`groupBy.${groupBy}`)} leftSection={<Icon name="group" size={16} />}>
          {t(`groupBy.${groupBy}`)}
        </Button>
      }
    />
  );
}

function ProblemsButton({ problems, unplanned, checked }: Pick<Props, 'problems' | 'unplanned' | 'checked'>) {
  const { t } = useTranslation();
  const phone = usePhone();
  const shown = usePreference('showsProblems') && !phone;
  const isKnown = checked === 'checked' || problems > 0;
  const isCalm = isKnown && problems === 0 && unplanned > 0;
  return (
    <Button
      variant={shown ? 'light' : 'subtle'}
      color={problems > 0 ? 'red' : 'gray'}
      size="sm"
      aria-pressed={shown}
      leftSection={<Icon name={!isKnown ? 'history' : problems > 0 ? 'alert' : isCalm ? 'calendar' : 'check'} size={16} />}
      onClick={() => (phone ? openDialog('problems') : setPreference('showsProblems', !shown))}
    >
      {!isKnown ? t(`problems.${checked}`) : isCalm ? t('problems.unplanned', { count: unplanned }) : t('problems.count', { count: problems })}
    </Button>
  );
}

/** Says by its words when the generator is at work, and when its proposal waits. */
function Generate({ scheduleId }: { scheduleId: string }) {
  const { t } = useTranslation();
  const { active, proposal } = useGeneration(scheduleId);
  const from = useAskedBy(active ?? proposal);
  const words = t(active !== null ? 'generate.atWork' : proposal !== null ? 'generate.ready' : 'generate.short');
  const isNews = active !== null || proposal !== null;
  return (
    <>
      <Button variant={isNews ? 'light' : 'default'} size="sm" title={from} leftSection={<Icon name="magic" size={16} />} onClick={() => openDialog('generate')}>
        {words}
      </Button>
      <span role="status" className="ss-sr">
        {isNews ? `${words} ${from}` : ''}
      </span>
    </>
  );
}

function Publish({ month, canEdit }: Props & { canEdit: boolean }) {
  const { t } = useTranslation();
  const state = useView(({ schedules }) => schedules.get(month.period.scheduleId ?? '')?.state ?? month.period.state);
  const published = state === 'published';
  const { count: waiting } = useUnpublished(canEdit ? (month.period.scheduleId ?? '') : '', month);
  if (!canEdit) return <span className="sp-published">{t(published ? 'publish.published' : 'publish.draft')}</span>;
  const isCurrent = published && waiting === 0;
  return (
    <Button variant={isCurrent ? 'default' : 'filled'} size="sm" leftSection={<Icon name={isCurrent ? 'check' : 'publish'} size={16} />} onClick={() => openDialog('publish')}>
      {waiting > 0 ? t('publish.changes', { count: waiting }) : t(published ? 'publish.published' : 'publish.short')}
    </Button>
  );
}

const counted = (label: string, count: number): string => (count > 0 ? `${label} (${count})` : label);

function More({ month, canEdit }: Props & { canEdit: boolean }) {
  const { t } = useTranslation();
  const scheduleId = month.period.scheduleId ?? '';
  const restaurantId = useBackendStore('session', (session) => session.restaurantId);
  const isPublished = useView(({ schedules }) => (schedules.get(scheduleId)?.state ?? month.period.state) === 'published');
  const toDecide = useView(({ schedules }) => [...(schedules.get(scheduleId)?.swaps?.values() ?? [])].filter(({ state }) => state === 'accepted').length);
  const unanswered = useView(({ schedules }) => openWishes(schedules.get(scheduleId)).length);
  const waiting = canEdit ? toDecide + unanswered : 0;
  const name = counted(t('schedule.more'), waiting);
  const writing: MenuItem[] = [
    { id: 'previous', icon: 'copy', label: t('copy.previous'), run: () => openDialog('copy', 'previous') },
    { id: 'template', icon: 'calendar', label: t('copy.template'), run: () => openDialog('copy', 'template') },
    { id: 'import', icon: 'publish', label: t('importTable'), run: () => openDialog('import') },
    { id: 'wishes', icon: 'people', label: counted(t('wishes.title'), unanswered), run: () => openDialog('wishes') },
    { id: 'swaps', icon: 'people', label: counted(t('swaps'), toDecide), run: () => openDialog('swaps') },
    { id: 'repair', icon: 'magic', label: t('generate.repair'), run: () => openDialog('generate', 'repair') },
    { id: 'coverage', icon: 'backup', label: t('backups.coverage'), run: () => openDialog('settings', 'coverage') },
    { kind: 'divider' },
  ];
  const files = (['csv', 'xlsx'] as const).map((format) => ({
    id: format,
    icon: 'download' as const,
    label: t(`export.${format}`),
    href: exportUrl(scheduleId, restaurantId, format),
  }));
  const calendars: MenuItem = { id: 'ics', icon: 'calendar', label: t('export.ics'), run: () => openDialog('ics') };
  const publishing: MenuItem[] = [
    { kind: 'divider' },
    { id: 'publications', icon: 'publish', label: t('publish.history'), run: () => openDialog('publications') },
    ...(isPublished ? [{ id: 'withdraw', icon: 'eraser' as const, label: t('publish.withdraw'), run: () => openDialog('withdraw') }] : []),
  ];
  const items: MenuItem[] = [
    ...(canEdit ? writing : []),
    { id: 'print', icon: 'print', label: t('print.title'), run: () => go({ page: 'print', dialog: [] }) },
    ...files,
    ...(canEdit ? [calendars, ...publishing] : []),
  ];
  return (
    <DropMenu
      end
      width={250}
      items={items}
      button={
        <ActionIcon variant="subtle" color="gray" size="lg" className="sp-more" aria-label={name} title={name}>
          <Icon name="more" />
          {waiting > 0 && <b className="sp-waits">{waiting}</b>}
        </ActionIcon>
      }
    />
  );
}
