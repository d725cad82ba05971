import { useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';

import { useBegun } from '@/app/shell/begun';
import { useKeeping, useNow } from '@/app/shell/keeping';
import { type Kept, useFound, useKeptForms } from '@/app/stores/kept';

import { isSame, valueAt, type Values } from './fields';
import type { FormDescription } from './tables';

interface About {
  /** The place of the form. */
  readonly place: string;
  readonly name: string;
  readonly description: FormDescription;
  /** The row as it is stored. */
  readonly stored: Values;
  /** What the form holds now. */
  readonly values: Values;
}

interface KeptRow {
  /** What the form shows although it was typed earlier, until it is saved, dropped or gone on with. */
  readonly found: Kept | null;
  /** Something else is typed now, or what was typed is dropped. */
  readonly touch: () => void;
  /** The version that its author saw when they began. */
  readonly base: () => number;
  /** It goes to the server; what it returns takes that back, also where the form has gone meanwhile. */
  readonly give: () => () => void;
}

/** Shows again what was typed into the form of a row and not saved, and keeps what is typed. */
export function useKeptRow(form: UseFormReturn<Record<string, unknown>>, about: About): KeptRow {
  const { place, name, description, values, stored } = about;
  const forms = useKeptForms();
  const now = useNow();
  // Its author, or somebody else, may have saved the same.
  const { found, returned, forget } = useFound(place, (kept) => typedIn(description, kept).some(({ path }) => !isSame(valueAt(stored, path), valueAt(kept.typed, path))));
  const { isDirty } = form.formState;
  const base = useBegun(isDirty, found?.base);
  const isShown = useShownAgain(form, description, found, returned);
  const began = useRef<Values | null>(null);
  useEffect(() => {
    began.current = isDirty ? (began.current ?? found?.began ?? stored) : null;
  }, [isDirty, found, stored]);
  const whole = () => ({ began: began.current ?? stored, name: nameOf(values, name), base: base(), at: found?.at ?? now() });
  useKeeping(place, isShown && isDirty ? JSON.stringify(values) : null, isShown, whole);
  return {
    found,
    touch: forget,
    base,
    give: () => {
      const kept = forms.find(place);
      forget();
      forms.drop(place);
      return () => {
        if (kept !== null && forms.find(place) === null) forms.keep(place, kept);
      };
    },
  };
}

/** The fields of a form that its author has typed into. */
const typedIn = ({ fields }: FormDescription, { typed, began }: Kept) => fields.filter(({ path }) => !isSame(valueAt(typed, path), valueAt(began, path)));

/** Puts what was typed earlier into the form, over what is stored by now; whether that is done and the form says so. */
function useShownAgain({ setValue, formState: { isDirty } }: UseFormReturn<Record<string, unknown>>, description: FormDescription, found: Kept | null, returned: number): boolean {
  const [wasDirty, setWasDirty] = useState(isDirty);
  if (isDirty && !wasDirty) setWasDirty(true);
  const put = useRef(-1);
  useEffect(() => {
    if (found === null || put.current === returned) return;
    put.current = returned;
    for (const { path } of typedIn(description, found)) setValue(path, valueAt(found.typed, path), { shouldDirty: true, shouldValidate: true });
  }, [found, returned, description, setValue]);
  return found === null || wasDirty;
}

/** What its author calls it. */
function nameOf(typed: Values, otherwise: string): string {
  const own = typed['name'] ?? typed['symbol'];
  return typeof own === 'string' && own.trim() !== '' ? own.trim() : otherwise;
}
