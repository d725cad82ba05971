import { cloneElement, type ReactElement, useState } from 'react';

/** The button of something that is not loaded yet: `early` tells that it was pressed already. */
export function useEarly(button: ReactElement): { readonly early: boolean; readonly fallback: ReactElement } {
  const [early, setEarly] = useState(false);
  return { early, fallback: cloneElement(button as ReactElement<{ onClick?: () => void }>, { onClick: () => setEarly(true) }) };
}
