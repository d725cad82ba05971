import { createRoot } from 'react-dom/client';

import { App } from '@/app/shell/App';
import { startLanguage } from '@/i18n';
import { Root } from '@/pages/Root';

import { answerWith } from './answers';
import { MemoryBackend } from './memoryBackend';
import { restaurant } from './restaurant';

/** All pages over a restaurant in memory: `?staff=300&role=viewer`. */
const query = new URLSearchParams(location.search);
const backend: MemoryBackend = new MemoryBackend(
  restaurant(Number(query.get('staff') ?? 17)),
  answerWith(() => backend.view.getState()),
);
const role = query.get('role');
if (role === 'viewer' || role === 'manager') backend.session.setState({ role });
const place = { userId: 'u2', name: '佐藤 花子', scheduleId: 'schedule-1', cell: { staffId: 'p5', dateKey: '2026-12-04' }, state: 'editing' as const };
backend.roster.setState(new Map([['c2', { clientId: 'c2', ...place }]]), true);
Object.assign(window, { backend });

const answer = (body: unknown) => Promise.resolve({ status: 200, body, headers: new Headers() });
const change = {
  type: 'SHIFT_BROADCAST',
  payload: { scheduleId: 'schedule-1', staffId: 'p1', dateKey: '2026-11-24', shiftValue: '×' },
  changedBy: '佐藤',
  timestamp: '2099-11-20T03:10:00Z',
};

const rest = ({ path }: { path: string }) => {
  if (path === 'restaurants/') return answer([{ id: 'r', name: '小料理 しおり', timezone: 'Asia/Tokyo', closingDay: 20 }]);
  if (path === 'changes/') return answer({ changes: [change], epoch: 'e', version: 1 });
  const history = { changes: [{ staffId: 'p1', dateKey: '2026-11-24', value: '×', previousValue: '○', changedBy: '佐藤', changedAt: '2026-11-20T03:10:00Z' }] };
  const body = path.includes('history') ? history : { publishedAt: null, scheduleData: {} };
  return answer(body);
};
const page = { userName: '田中' };

await startLanguage();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <App backend={backend} rest={rest}>
      <Root page={page} />
    </App>,
  );
}
