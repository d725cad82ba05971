import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { App } from '@/app/shell/App';
import { answerWith } from '@/testing/app/answers';
import { MemoryBackend } from '@/testing/app/memoryBackend';
import { published, restaurant } from '@/testing/app/restaurant';
import { setLanguage, startLanguage } from '@/i18n';
import { EMPTY_REPLICA } from '@/realtime/state/state';

import { Root } from './Root';

let backend: MemoryBackend;

const COPY = {
  cells: [{ staffId: 'p1', dateKey: '2026-12-20', shiftValue: '△', previousValue: '' }],
  replacing: 0,
  sources: {},
  closed: ['2026-12-02'],
  unmatched: [],
  again: [],
  leave: 1,
  locked: 0,
};

function bodyOf(path: string): unknown {
  if (path === 'restaurants/') return [{ id: 'r', name: 'しおり', timezone: 'Asia/Tokyo', closingDay: 20 }];
  if (path.includes('copy-previous') || path.includes('repeat-week')) return COPY;
  return { changes: [], publishedAt: null, scheduleData: {} };
}

const rest = ({ path }: { path: string }) => Promise.resolve({ status: 200, body: bodyOf(path), headers: new Headers() });

beforeAll(() => startLanguage('ja'));

beforeEach(async () => {
  // jsdom lays nothing out and has no media.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(700);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1300);
  Element.prototype.scrollTo = vi.fn();
  Element.prototype.scrollIntoView = vi.fn();
  window.matchMedia = ((media: string) => ({ media, matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn(), addListener: vi.fn(), removeListener: vi.fn() })) as unknown as typeof window.matchMedia;
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  window.location.hash = '#/schedule/1';
  await setLanguage('ja');
  backend = new MemoryBackend(
    restaurant(9),
    answerWith(() => backend.view.getState()),
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  window.location.hash = '';
});

async function show() {
  render(
    <App backend={backend} rest={rest}>
      <Root page={{ userName: '田中' }} />
    </App>,
  );
  return screen.findByRole('grid');
}

describe('what is not there', () => {
  const open = () =>
    render(
      <App backend={backend} rest={rest}>
        <Root page={{ userName: '田中' }} />
      </App>,
    );

  it('is told from what is not known: without a server and a copy nothing counts as empty', async () => {
    backend.view.setState(EMPTY_REPLICA, true);
    backend.connection.setState({ state: 'offline', attempt: 3, retryAt: null, reason: '' }, true);
    window.location.hash = '#/schedule?dialog=staff';
    open();
    const dialog = await screen.findByRole('dialog', {}, { timeout: 20_000 });
    expect(await within(dialog).findByText(/サーバーに接続できません/)).toBeDefined();
    expect(screen.getAllByText(/サーバーに接続できません/)).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'スタッフを追加' })).toBeNull();
  });

  it('begins step by step, and the last one makes the first period', async () => {
    backend.view.setState({ ...EMPTY_REPLICA, calendar: { periods: [], days: new Map(), shiftTypes: [] } }, true);
    open();
    expect((await screen.findAllByRole('listitem')).map((step) => step.querySelector('b')?.textContent)).toEqual([
      'シフトの種類と時間',
      '定休日',
      'スタッフ',
      '守りたいルール',
      '最初の期間',
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'シフト表を作る' }));
    expect(backend.requests.map(({ type }) => type)).toEqual(['PERIOD_CREATE']);
  });
});

describe('the schedule page', () => {
  it('opens on the grid with its violations, and says that all is saved', async () => {
    await show();
    expect(await screen.findByText('問題 4')).toBeDefined();
    expect(screen.getAllByText('保存済み')[0]).toBeDefined();
    expect(screen.getByText('v2 秋の設定')).toBeDefined();
  });

  it('says among the problems what of the settings has no effect', async () => {
    await show();
    fireEvent.click(await screen.findByText('問題 4'));
    expect((await screen.findByText('効力のない設定（1件）')).parentElement?.textContent).toContain('グループ「g」はありません');
  });

  it('edits by a key, by a button, and takes it back', async () => {
    const grid = await show();
    fireEvent.keyDown(grid, { key: 'x' });
    fireEvent.click(screen.getByRole('button', { name: '早番' }));
    expect(backend.requests.map(({ payload }) => 'shiftValue' in payload && payload.shiftValue)).toEqual(['×', '△']);
    fireEvent.click(screen.getByRole('button', { name: '元に戻す' }));
    expect(backend.view.getState().schedules.get('schedule-1')?.rows.get('p0')?.values[1]).not.toBe('△');
  });

  it('says to a viewer that a month is not published yet, and shows nothing of it', async () => {
    backend.session.setState({ role: 'viewer' });
    render(
      <App backend={backend} rest={rest}>
        <Root page={{ userName: '田中' }} />
      </App>,
    );
    expect(await screen.findByText('この月のシフトは、まだ公開されていません。')).toBeDefined();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('shows no editing to a viewer', async () => {
    backend.session.setState({ role: 'viewer' });
    backend.view.setState(published(backend.view.getState(), 'schedule-1'), true);
    const grid = await show();
    expect(screen.queryByRole('button', { name: '早番' })).toBeNull();
    expect(screen.queryByRole('button', { name: '自動作成' })).toBeNull();
    fireEvent.keyDown(grid, { key: 'x' });
    expect(backend.requests).toEqual([]);
    expect(await screen.findByText('閲覧のみのため編集できません。')).toBeDefined();
  });

  it('switches the language with the selection as it was', async () => {
    const grid = await show();
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    const active = () => document.getElementById(screen.getByRole('grid').getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label');
    expect(active()).toContain('佐藤, 11月21日');
    await act(() => setLanguage('en'));
    expect(active()).toContain('佐藤, Sat, November 21');
    expect(screen.getAllByText('Saved')[0]).toBeDefined();
  });

  it('filters by name', async () => {
    await show();
    fireEvent.change(screen.getByRole('combobox'), { target: { value: '鈴木' } });
    await waitFor(() => expect(screen.getAllByRole('rowheader').filter((each) => each.classList.contains('ss-name'))).toHaveLength(1));
  });

  it('tells when it is offline, and what waits', async () => {
    await show();
    act(() => backend.connection.setState({ state: 'offline', attempt: 1, retryAt: Date.now() + 5000, reason: '' }, true));
    expect(screen.getAllByText('オフライン')[0]).toBeDefined();
  });

  it('offers no restaurant that one may not open any more', async () => {
    await show();
    await waitFor(() => expect(screen.queryAllByText('しおり').length).toBeGreaterThan(0));
    act(() => backend.connection.setState({ state: 'signedOut', reason: 'forbidden' }, true));
    expect(await screen.findByText('この店舗を開く権限がありません。')).toBeDefined();
    expect(screen.queryByRole('link', { name: 'しおり' })).toBeNull();
  });

  it('asks to sign in when the session is over', async () => {
    await show();
    act(() => backend.connection.setState({ state: 'signedOut', reason: 'unauthenticated' }, true));
    expect(screen.getByRole('link', { name: 'サインイン' })).toBeDefined();
  });
});

describe('dialogs', () => {
  const open = async (dialog: string) => {
    window.location.hash = `#/schedule/1?dialog=${dialog}`;
    await show();
    return screen.findByRole('dialog');
  };

  it.each([
    ['palette', 'コマンド'],
    ['keys', 'キー操作'],
    ['copy/previous', '前の期間をコピー'],
    ['copy/template', '1週間を繰り返す'],
    ['generate', '自動作成'],
    ['publish', '公開'],
    ['history/p1/2026-11-24', '変更履歴'],
    ['staff', 'スタッフ'],
    ['settings/versions', '設定'],
  ])('%s opens by its address', async (dialog, title) => {
    expect((await open(dialog)).textContent).toContain(title);
  });

  it('copies the previous period and keeps what is there', async () => {
    await open('copy/previous');
    const apply = await screen.findByRole('button', { name: 'コピーする' });
    await waitFor(() => expect(apply).toHaveProperty('disabled', false));
    fireEvent.click(apply);
    expect(backend.requests.at(-1)?.type).toMatch(/^SHIFT_(BULK_)?UPDATE$/);
  });

  it('saves a limit as one goes', async () => {
    await open('settings/dailyLimits/d1');
    fireEvent.change(await screen.findByLabelText('最大'), { target: { value: '5' } });
    await waitFor(() => expect(backend.requests.at(-1)).toMatchObject({ type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'd1', changes: { limitConfig: { maxCount: 5, scope: 'all', shiftType: 'off' } } } }));
  });

  it('takes no more typing into the form of a new row once it is being made', async () => {
    const { change } = backend;
    let answer = () => {};
    Object.assign(backend, {
      change: (request: Parameters<typeof change>[0]) => {
        const { requestId, outcome } = change(request);
        return { requestId, outcome: new Promise((done) => (answer = () => void outcome.then(done))) };
      },
    });
    await open('settings/dailyLimits');
    const [add] = await screen.findAllByRole('button', { name: '追加' });
    fireEvent.click(add as HTMLElement);
    fireEvent.change(await screen.findByLabelText('名前'), { target: { value: '新しい上限' } });
    fireEvent.change(screen.getByLabelText('最大'), { target: { value: '4' } });
    fireEvent.click(screen.getByRole('button', { name: '作成' }));
    await waitFor(() => expect(screen.getByLabelText('名前')).toHaveProperty('disabled', true));
    answer();
    await waitFor(() => expect(screen.getByLabelText('名前')).toHaveProperty('disabled', false));
    expect(screen.getByLabelText('名前')).toHaveProperty('value', '新しい上限');
  });

  it('shows at the field what is wrong, and does not save it', async () => {
    await open('settings/dailyLimits/d1');
    fireEvent.change(await screen.findByLabelText('名前'), { target: { value: '' } });
    expect(await screen.findByText('入力してください')).toBeDefined();
    expect(backend.requests).toEqual([]);
  });
});
