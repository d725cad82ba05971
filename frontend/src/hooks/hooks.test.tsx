import { act, cleanup, render, renderHook } from '@testing-library/react';
import { Profiler, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { ShiftSyncClient } from '@/realtime';
import { PERIOD, Refusal, SCHEDULE } from '@/realtime/testing/fakeWire';
import { DAY, useFakeClock, World } from '@/realtime/testing/world';
import {
  ClientProvider,
  useBackupStaffService,
  useGridRow,
  useScheduleDataPrefetch,
  useSettingsData,
  useWebSocketSettings,
  useWebSocketShifts,
  useWebSocketStaff,
} from '.';

let world: World;
let client: ShiftSyncClient;

const wrapper = ({ children }: { children: ReactNode }) => <ClientProvider client={client}>{children}</ClientProvider>;
const wait = (ms = 200) => act(() => world.run(ms));

beforeEach(async () => {
  useFakeClock();
  world = new World();
  client = await world.open();
  await world.run(200);
});

afterEach(async () => {
  cleanup();
  await world.end();
  vi.useRealTimers();
});

it('useWebSocketShifts shows and edits a schedule', async () => {
  const { result } = renderHook(() => useWebSocketShifts(0, SCHEDULE), { wrapper });
  await wait();
  expect(result.current).toMatchObject({ connectionStatus: 'connected', isConnected: true, isLoading: false });
  act(() => void result.current.updateShift('s1', DAY, '×'));
  expect(result.current.scheduleData['s1']?.[DAY]).toBe('×');
  expect(result.current.offlineQueueLength).toBe(1);
  await wait();
  expect(result.current).toMatchObject({ offlineQueueLength: 0, isSyncing: false, clientId: client.clientId });
  act(() => void result.current.bulkUpdateSchedule({ s1: { [DAY]: '' }, s2: { [DAY]: '△' } }));
  await wait();
  expect(world.server.data).toEqual({ s1: { [DAY]: '' }, s2: { [DAY]: '△' } });
});

it('useWebSocketShifts tells of a lost connection, and refuses edits if it may not queue them', async () => {
  const { result } = renderHook(() => useWebSocketShifts(0, SCHEDULE, { enableOfflineQueue: false }), { wrapper });
  world.network.faults.isDown = true;
  world.network.cut();
  await wait(2000);
  expect(result.current.isConnected).toBe(false);
  expect(result.current.reconnectAttempts).toBeGreaterThan(0);
  await expect(result.current.updateShift('s1', DAY, '×')).rejects.toThrow(/no connection/);
  expect(result.current.scheduleData['s1']?.[DAY] ?? '').toBe('');
});

it('useWebSocketShifts stays disconnected without autoReconnect', async () => {
  const { result } = renderHook(() => useWebSocketShifts(0, SCHEDULE, { autoReconnect: false }), { wrapper });
  world.network.cut();
  await wait(10_000);
  expect(result.current.connectionStatus).toBe('disconnected');
  act(() => result.current.connect());
  await wait();
  expect(result.current.connectionStatus).toBe('connected');
});

it('useGridRow renders for a change of its own row only', async () => {
  const renders = vi.fn();
  const Row = ({ staffId }: { staffId: string }) => <i>{useGridRow(SCHEDULE, staffId).values.join('')}</i>;
  render(
    <ClientProvider client={client}>
      <Profiler id="s1" onRender={renders}>
        <Row staffId="s1" />
      </Profiler>
    </ClientProvider>,
  );
  const before = renders.mock.calls.length;
  world.server.commitCells([{ staffId: 's2', dateKey: DAY, shiftValue: '○' }]);
  await wait();
  expect(renders.mock.calls.length).toBe(before);
  world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
  await wait();
  expect(renders.mock.calls.length).toBe(before + 1);
});

it('useWebSocketStaff creates a member who is there at once', async () => {
  const { result } = renderHook(() => useWebSocketStaff(0), { wrapper });
  await wait();
  let staffId = '';
  act(() => {
    ({ staffId } = result.current.createStaff({ name: '田中', staffOrder: 1 }));
  });
  expect(result.current.staff.map(({ name }) => name)).toEqual(['田中']);
  await wait();
  expect(world.server.staff.get(staffId)?.name).toBe('田中');
  expect(result.current.staffByPeriod[0]).toHaveLength(1);
});

it('useWebSocketSettings writes what differs and creates what is new', async () => {
  const { result } = renderHook(() => useWebSocketSettings(), { wrapper });
  await wait();
  expect(result.current.version?.name).toBe('First');
  const id = '99999999-9999-4999-8999-999999999999';
  act(() => void result.current.updateDailyLimits([{ id, name: '休み', limitConfig: { maxCount: 3 } }]));
  await wait();
  expect(result.current.settings?.dailyLimits).toMatchObject([{ id, name: '休み' }]);
  const again = result.current.updateDailyLimits({ id, name: '休み', limitConfig: { maxCount: 3 } });
  expect(again.submitted).toEqual([]);
  await expect(again).resolves.toBeUndefined();
});

it('useWebSocketSettings__one_row__creates_changes_and_deletes_it_by_its_id', async () => {
  const { result } = renderHook(() => useWebSocketSettings(), { wrapper });
  await wait();
  expect(result.current.clientId).toBe(client.clientId);
  const row = result.current.createStaffGroup({ name: '厨房' });
  await expect(row).resolves.toBeUndefined();
  const calls = {
    updateStaffGroup: ['SETTINGS_UPDATE_STAFF_GROUPS', 'groupId'],
    updateDailyLimit: ['SETTINGS_UPDATE_DAILY_LIMITS', 'limitId'],
    updateWeeklyLimit: ['SETTINGS_UPDATE_WEEKLY_LIMITS', 'limitId'],
    updateMonthlyLimit: ['SETTINGS_UPDATE_MONTHLY_LIMITS', 'limitId'],
    updatePriorityRule: ['SETTINGS_UPDATE_PRIORITY_RULES', 'ruleId'],
    updateMLModelConfig: ['SETTINGS_UPDATE_ML_CONFIG', 'configId'],
  } as const;
  for (const [name, [type, idKey]] of Object.entries(calls)) {
    void result.current[name as keyof typeof calls](row.id, { name: 'x' });
    await wait();
    expect(world.network.received.find((message) => message.type === type)?.payload).toMatchObject({
      [idKey]: row.id,
      changes: { name: 'x' },
    });
  }
});

it('useSettingsData keeps changes until they are saved, and tells what the server says of them', async () => {
  const { result } = renderHook(() => useSettingsData(false), { wrapper });
  await wait();
  expect(result.current).toMatchObject({
    backendMode: 'websocket-multitable',
    connectionStatus: 'connected',
    isConnectedToBackend: true,
    versionName: 'First',
  });
  const row = { id: '88888888-8888-4888-8888-888888888888', name: 'x', limitConfig: {} };
  act(() => result.current.updateSettings({ dailyLimits: [row] as never }));
  expect(result.current.hasUnsavedChanges).toBe(true);
  expect(world.server.version).toBe(0);
  world.server.refuse = () => new Refusal('validation_error', { limitConfig: ['No.'] });
  act(() => void result.current.saveSettings());
  await wait();
  expect(result.current.hasUnsavedChanges).toBe(false);
  expect(result.current.settings?.dailyLimits).toEqual([]);
  expect(result.current.validationErrors[row.id]).toEqual({ limitConfig: ['No.'] });
});

it.each([true, false])('useSettingsData__functions_in_one_turn__build_on_each_other (autosave %s)', async (autosave) => {
  const { result } = renderHook(() => useSettingsData(autosave), { wrapper });
  await wait();
  const added = (id: string) => ({ id, name: id, limitConfig: {} });
  const ids = ['88888888-8888-4888-8888-888888888881', '88888888-8888-4888-8888-888888888882'];
  act(() => {
    for (const id of ids) {
      result.current.updateSettings((prev) => ({ ...prev, dailyLimits: [...prev.dailyLimits, added(id)] as never }));
    }
  });
  await wait();
  if (!autosave) {
    expect(result.current.hasUnsavedChanges).toBe(true);
    await act(async () => result.current.saveSettings());
    await wait();
  }
  expect((world.server.settings as { dailyLimits?: { id: string }[] }).dailyLimits?.map(({ id }) => id).sort()).toEqual(ids);
});

it('useSettingsData__without_a_connection__works_on_the_copy_of_this_browser', async () => {
  const { result } = renderHook(() => useSettingsData(), { wrapper });
  await wait();
  world.network.faults.isDown = true;
  world.network.cut();
  await wait(2000);
  expect(result.current).toMatchObject({
    backendMode: 'localStorage',
    connectionStatus: 'localStorage',
    isConnectedToBackend: false,
  });
  await expect(result.current.migrateToBackend({ staffGroups: [] })).rejects.toMatchObject({ code: 'offline' });
});

it('useScheduleDataPrefetch joins the schedule of a period with its staff', async () => {
  const { result } = renderHook(() => useScheduleDataPrefetch(0), { wrapper });
  await wait();
  expect(result.current).toMatchObject({
    isLoading: false,
    scheduleId: PERIOD.scheduleId,
    webSocketEnabled: true,
    fallbackMode: null,
    prefetchStats: {
      periods: 1,
      loaded: 1,
      shiftWebSocketStatus: 'connected',
      shiftOfflineQueue: 0,
      shiftReconnectAttempts: expect.any(Number) as number,
    },
  });
  act(() => void result.current.updateShift('s1', DAY, '◇'));
  expect(result.current.scheduleData['s1']?.[DAY]).toBe('◇');
  expect(result.current.prefetchStats.shiftOfflineQueue).toBe(1);
});

it('useBackupStaffService asks for what the assignments cover', async () => {
  const { result } = renderHook(() => useBackupStaffService(), { wrapper });
  await wait();
  expect(result.current).toMatchObject({ backupAssignments: [], assignments: [], loading: false, error: null });
  const failed = expect(result.current.loadCoverage(SCHEDULE)).rejects.toMatchObject({ code: 'unknown_type' });
  await wait();
  await failed;
});

it('useBackupStaffService__person_and_group__is_assigned_once', async () => {
  const { result } = renderHook(() => useBackupStaffService(), { wrapper });
  await wait();
  await act(async () => expect(await result.current.addBackupAssignment('s1', 'g1', { priorityOrder: 2 })).toBe(true));
  const sent = () => world.network.received.filter(({ type }) => type === 'SETTINGS_CREATE_BACKUP_ASSIGNMENT');
  expect(result.current.getStaffBackupAssignments('s1')).toMatchObject([{ groupId: 'g1', priorityOrder: 2 }]);
  expect(result.current.getGroupBackupAssignments('g1')).toHaveLength(1);
  await act(async () => expect(await result.current.addBackupAssignment('s1', 'g1')).toBe(false));
  expect(result.current).toMatchObject({ syncStatus: 'error', error: 'Backup assignment already exists' });
  await wait();
  expect(sent()).toHaveLength(1);
});
