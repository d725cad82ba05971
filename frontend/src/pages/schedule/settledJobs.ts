const KEY = 'shiftsync-settled-jobs';
const MOST = 50;

function load(): ReadonlySet<string> {
  try {
    return new Set((localStorage.getItem(KEY) ?? '').split(' ').filter(Boolean));
  } catch {
    return new Set();
  }
}

let settled = load();
const listeners = new Set<() => void>();

/** The jobs whose proposals this browser's user has applied or dropped: they are not offered again. */
export const settledJobs = {
  get: () => settled,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  add: (jobId: string) => {
    settled = new Set([...[...settled].slice(1 - MOST), jobId]);
    try {
      localStorage.setItem(KEY, [...settled].join(' '));
    } catch {
      // It is then offered again when the page is opened the next time.
    }
    listeners.forEach((listener) => listener());
  },
};
