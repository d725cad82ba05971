/** What the browser's own parts answer, or `otherwise` where they take too long or fail: none of them may keep the page from working. */
export function within<T>(ms: number, work: Promise<T>, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), ms);
    const settle = (value: T) => {
      clearTimeout(timer);
      resolve(value);
    };
    work.then(settle, () => settle(otherwise));
  });
}
