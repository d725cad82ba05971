import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type * as z from 'zod/v4/core';

import { useUnsaved } from '@/app/shell/leaving';

import { FieldInput } from './FieldInput';
import { changedColumns, type Values } from './fields';
import type { FormDescription } from './tables';
import { useBegun } from './useBegun';

/** What the server says against it, by path; null where it was taken. */
export type Refusal = Readonly<Record<string, string>> | null;

interface Props {
  readonly description: FormDescription;
  /** The stored row, or what a new one begins with. */
  readonly row: Values;
  readonly isNew: boolean;
  readonly disabled: boolean;
  /** `base`: the version of the restaurant when its author began to type. */
  readonly save: (changes: Record<string, unknown>, base: number) => Promise<Refusal>;
  readonly onRemove: (() => void) | null;
  /** What removing is called here. */
  readonly removeLabel?: string;
  readonly onCancel: (() => void) | null;
}

const SAVE_AFTER_MS = 700;
/** What others write meanwhile leaves alone what one has typed; what is taken back or was saved does not. */
const MEANWHILE = { keepDirtyValues: true };
const WHOLLY = { keepDirtyValues: false };

/** The form of one row. Short ones save themselves a moment after the last key; long and new ones by their button. */
export function RowForm(props: Props) {
  const { description, row, isNew, onRemove, removeLabel, onCancel } = props;
  const { t } = useTranslation('dialogs');
  const fields = useMemo(() => pick(row, description.blank), [row, description.blank]);
  const form = useForm<Record<string, unknown>>({ values: fields, resolver: zodResolver(description.schema as z.$ZodType<Record<string, unknown>, Record<string, unknown>>), mode: 'onChange', resetOptions: MEANWHILE });
  const { control, handleSubmit, reset, formState } = form;
  const { disabled } = props;
  // The form of the row that is being made goes away for that of the row that is there: nothing may be typed into it any more.
  const isClosed = disabled || (isNew && formState.isSubmitting);
  const values = useWatch({ control });
  const submit = useSave(props, fields, form);
  const isAutomatic = !description.long && !isNew;
  const [isComposing, setComposing] = useState(false);
  useEffect(() => {
    // Half a word is no value yet.
    if (!isAutomatic || !formState.isDirty || disabled || isComposing) return;
    const timer = setTimeout(() => void handleSubmit(submit)(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isAutomatic, formState.isDirty, disabled, isComposing, values, handleSubmit, submit]);
  useOnLeaving(isAutomatic && formState.isDirty && !disabled && !isComposing, () => void handleSubmit(submit)());
  useUnsaved(formState.isDirty && !disabled);
  const shown = description.fields.filter(({ when }) => when?.(values) ?? true);
  const message = useErrorWords();
  return (
    <form
      className="st-form"
      onSubmit={(event) => void handleSubmit(submit)(event)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      noValidate
    >
      <div className="st-fields">
        {shown.map((field) => (
          <div key={field.path} className={field.wide === true ? 'st-wide' : undefined}>
            <Controller
              control={control}
              name={field.path}
              render={({ field: { value, onChange }, fieldState }) => (
                <FieldInput field={field} value={value} values={values} error={message(fieldState.error?.message)} disabled={isClosed} onChange={onChange} />
              )}
            />
            <Note of={field.note?.(values)} />
          </div>
        ))}
      </div>
      {formState.errors.root?.message !== undefined && (
        <p className="app-failed" role="alert">
          {formState.errors.root.message}
        </p>
      )}
      {!disabled && (
        <Group justify="space-between" mt="md">
          {onRemove === null ? <span /> : <Button variant="subtle" color="red" size="sm" onClick={onRemove}>{removeLabel ?? t('actions.remove')}</Button>}
          {isAutomatic ? (
            <span className="app-dim" role="status">
              {t(formState.isDirty ? (formState.isValid ? 'actions.saving' : 'actions.invalid') : 'actions.saved')}
            </span>
          ) : (
            <Group gap="xs">
              <Button variant="default" size="sm" disabled={!isNew && !formState.isDirty} onClick={() => (onCancel === null ? reset(fields, WHOLLY) : onCancel())}>
                {t(isNew ? 'actions.cancel' : 'actions.reset')}
              </Button>
              <Button type="submit" size="sm" disabled={!isNew && !formState.isDirty} loading={formState.isSubmitting}>
                {t(isNew ? 'actions.create' : 'actions.save')}
              </Button>
            </Group>
          )}
        </Group>
      )}
    </form>
  );
}

/** What else is to be known of a field, as it is filled in. */
function Note({ of }: { readonly of: 'instead' | undefined }) {
  const { t } = useTranslation('dialogs');
  return of === undefined ? null : (
    <p className="app-dim st-note" role="note">
      {t(`notes.${of}`)}
    </p>
  );
}

/** What was typed a moment before the form goes away (another row, the dialog closed) is saved as well. */
function useOnLeaving(isWanted: boolean, save: () => void): void {
  const latest = useRef({ isWanted, save });
  useEffect(() => {
    latest.current = { isWanted, save };
  });
  useEffect(
    () => () => {
      if (latest.current.isWanted) latest.current.save();
    },
    [],
  );
}

/** Only what the form may write; inside the JSON columns also what no field shows. */
const pick = (row: Values, blank: Values): Record<string, unknown> => Object.fromEntries(Object.keys(blank).map((key) => [key, row[key] ?? blank[key]]));

function useSave({ description, isNew, save }: Props, stored: Values, form: ReturnType<typeof useForm<Record<string, unknown>>>) {
  const { reset, setError } = form;
  const base = useBegun(form.formState.isDirty);
  return useMemo(
    () => async (values: Record<string, unknown>) => {
      const changes = isNew ? values : changedColumns(stored, values);
      if (Object.keys(changes).length === 0) return;
      const refusal = await save(changes, base());
      if (refusal === null) {
        reset(values, WHOLLY);
        return;
      }
      const isShown = (path: string) => description.fields.some((field) => field.path === path);
      const others = Object.entries(refusal).filter(([path]) => !isShown(path));
      for (const [path, text] of Object.entries(refusal)) if (isShown(path)) setError(path, { message: text });
      if (others.length > 0) setError('root', { message: others.map(([path, text]) => (path === '' ? text : `${path}: ${text}`)).join(' ') });
    },
    [description, isNew, save, stored, reset, setError, base],
  );
}

/** Our own messages are keys, those of the server are words. */
function useErrorWords(): (message: string | undefined) => string | undefined {
  const { t, i18n } = useTranslation('dialogs');
  return (message) => {
    if (message === undefined) return undefined;
    const key = `errors.${message}`;
    return i18n.exists(key, { ns: 'dialogs' }) ? t(key as 'errors.required') : message;
  };
}
