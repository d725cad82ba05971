import { type RefObject, useEffect, useRef } from 'react';

interface Shown {
  readonly detail: RefObject<HTMLDivElement | null>;
  /** Chooses in the list, and brings what is chosen into view. */
  readonly choose: (id: string) => void;
}

/**
 * The form beside a list of rows. Where there is no room beside it, it stands below the list, and who chooses a row would not see it.
 * `asked`: the address names a row.
 */
export function useDetail(setChosen: (id: string) => void, asked: boolean): Shown {
  const detail = useRef<HTMLDivElement>(null);
  const wasAsked = useRef(asked);
  useEffect(() => {
    if (wasAsked.current) showBelow(detail.current);
  }, []);
  const choose = (id: string) => {
    setChosen(id);
    requestAnimationFrame(() => showBelow(detail.current));
  };
  return { detail, choose };
}

function showBelow(detail: HTMLElement | null): void {
  const list = detail?.previousElementSibling;
  if (detail == null || list == null || detail.getBoundingClientRect().top < list.getBoundingClientRect().bottom) return;
  detail.scrollIntoView({ block: 'start' });
}
