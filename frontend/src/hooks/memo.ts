/** `derive` computed once for each source, so that a selector returns the same object for the same state. */
export function memoised<Source extends object, Derived>(derive: (source: Source) => Derived): (source: Source) => Derived {
  const known = new WeakMap<Source, { derived: Derived }>();
  return (source) => {
    let entry = known.get(source);
    if (entry === undefined) {
      entry = { derived: derive(source) };
      known.set(source, entry);
    }
    return entry.derived;
  };
}
