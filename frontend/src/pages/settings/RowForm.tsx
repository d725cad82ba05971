import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type * as z from 'zod/v4/core';

import { KeptNote, useDiscard, useOnLeaving, useTellKept } from '@/app/shell/keeping';
import { useUnsaved } from '@/app/shell/leaving';

import { FieldInput } from './FieldInput';
import { changedColumns, isSame, type NoteWord, valueAt, type Values } from './fields';
import type { Bound } from '@/realtime/protocol/bounds.gen';

import type { FormDescription } from './tables';
import { bounded, boundOf } from './tables/bounded';
import { useKeptRow } from './useKeptRow';

/** What the server says against it, by path; null where it was taken. */
export type Refusal = Readonly<Record<string, string>> | null;

interface Props {
  /** Its address, under which what is typed is kept. */
  readonly place: string;
  /** What it is about. */
  readonly name: string;
  readonly description: FormDescription;
  /** The stored row, or what a new one begins with. */
  readonly row: Values;
  readonly isNew: boolean;
  readonly disabled: boolean;
  /** What is typed beside the form and goes with it. */
  readonly along?: Values;
  /** The server hears of it directly: until it has answered, nothing but the form holds what was typed. */
  readonly isDirect?: boolean;
  /** `base`: the version of the restaurant when its author began to type. */
  readonly save: (changes: Record<string, unknown>, base: number) => Promise<Refusal>;
  readonly onRemove: (() => void) | null;
  /** Whether the form goes because its row was deleted: what it holds is neither saved nor told about then. */
  readonly isRemoved?: () => boolean;
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
  const { place, name, along, description, row, isNew, onRemove, removeLabel, onCancel } = props;
  const { t } = useTranslation('dialogs');
  const fields = useMemo(() => pick(row, description.blank), [row, description.blank]);
  const resolver = useMemo(() => zodResolver(bounded(description) as z.$ZodType<Record<string, unknown>, Record<string, unknown>>), [description]);
  const form = useForm<Record<string, unknown>>({ values: fields, resolver, mode: 'onChange', resetOptions: MEANWHILE });
  const { control, handleSubmit, reset, formState } = form;
  const { disabled } = props;
  // The form of the new row is about to be replaced by that of the stored row, so it takes no more input.
  const isClosed = disabled || (isNew && formState.isSubmitting);
  const values = useWatch({ control });
  const kept = useKeptRow(form, { place, name, description, stored: fields, values: { ...values, ...along } });
  const submit = useSave(props, fields, form, kept);
  // What was typed earlier is not saved before its author has seen it.
  const isAutomatic = !description.long && !isNew && kept.found === null;
  const [isComposing, setComposing] = useState(false);
  useEffect(() => {
    // An unfinished composition is not a value yet.
    if (!isAutomatic || !formState.isDirty || disabled || isComposing) return;
    const timer = setTimeout(() => void handleSubmit(submit)(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isAutomatic, formState.isDirty, disabled, isComposing, values, handleSubmit, submit]);
  const tell = useTellKept(place);
  useOnLeaving(() => {
    if (!formState.isDirty || kept.found !== null || props.isRemoved?.()) return;
    // What was typed a moment before (another row, the dialog closed) is saved as well, where that is right as it is.
    if (isAutomatic && !disabled && !isComposing) void handleSubmit(submit, tell)();
    else tell();
  });
  useUnsaved(formState.isDirty && !disabled && kept.found === null);
  const discard = useDiscard(place);
  const dropAll = () => {
    discard();
    kept.touch();
    if (onCancel === null) reset(fields, WHOLLY);
    else onCancel();
  };
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
      {kept.found !== null && formState.isDirty && <KeptNote at={kept.found.at} isClosed={disabled} onDiscard={dropAll} />}
      <div className="st-fields">
        {shown.map((field) => (
          <div key={field.path} className={field.wide === true ? 'st-wide' : undefined}>
            <Controller
              control={control}
              name={field.path}
              render={({ field: { value, onChange }, fieldState }) => (
                <FieldInput field={field} bound={boundOf(description.bounds, field.path)} value={value} values={values} error={message(fieldState.error?.message, boundOf(description.bounds, field.path))} disabled={isClosed} onChange={(next) => {
                  kept.touch();
                  onChange(next);
                }} />
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
              <Button variant="default" size="sm" disabled={!isNew && !formState.isDirty} onClick={dropAll}>
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
function Note({ of }: { readonly of: NoteWord | undefined }) {
  const { t } = useTranslation('dialogs');
  return of === undefined ? null : (
    <p className="app-dim st-note" role="note">
      {t(`notes.${of}`)}
    </p>
  );
}

/** Only what the form may write; inside the JSON columns also what no field shows. */
const pick = (row: Values, blank: Values): Record<string, unknown> => Object.fromEntries(Object.keys(blank).map((key) => [key, row[key] ?? blank[key]]));

function useSave({ description, isNew, isDirect = false, save }: Props, stored: Values, form: ReturnType<typeof useForm<Record<string, unknown>>>, { base, give }: ReturnType<typeof useKeptRow>) {
  const { reset, setError, setValue, getValues } = form;
  return useMemo(
    () => async (values: Record<string, unknown>) => {
      const changes = isNew ? values : changedColumns(stored, values);
      if (Object.keys(changes).length === 0) return;
      const version = base();
      // From here on the outbox has it.
      const takeBack = isDirect ? () => undefined : give();
      const refusal = await save(changes, version);
      if (refusal === null) {
        // The answer may take long: what was typed meanwhile is still to be saved.
        const meanwhile = description.fields.map(({ path }) => ({ path, value: valueAt(getValues(), path) }));
        reset(values, WHOLLY);
        for (const { path, value } of meanwhile) if (!isSame(value, valueAt(values, path))) setValue(path, value, { shouldDirty: true, shouldValidate: true });
        return;
      }
      takeBack();
      const isShown = (path: string) => description.fields.some((field) => field.path === path);
      const others = Object.entries(refusal).filter(([path]) => !isShown(path));
      for (const [path, text] of Object.entries(refusal)) if (isShown(path)) setError(path, { message: text });
      if (others.length > 0) setError('root', { message: others.map(([path, text]) => (path === '' ? text : `${path}: ${text}`)).join(' ') });
    },
    [description, isNew, isDirect, save, stored, reset, setError, setValue, getValues, base, give],
  );
}

/** Our own messages are keys, those of the server are words. */
function useErrorWords(): (message: string | undefined, bound: Bound) => string | undefined {
  const { t, i18n } = useTranslation('dialogs');
  return (message, bound) => {
    if (message === undefined) return undefined;
    const key = `errors.${message}`;
    return i18n.exists(key, { ns: 'dialogs' }) ? t(key as 'errors.tooLong', { ...bound }) : message;
  };
}
