import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly label: ReactNode;
  readonly value: number | null;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** What counts where nothing was entered. */
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly error?: string | undefined;
  readonly onChange: (value: number | null) => void;
}

/** A number, or nothing. The browser's own field: it knows the keys, the wheel and the language. */
export function NumberField({ value, onChange, error, step = 1, ...rest }: Props) {
  return (
    <TextInput
      {...rest}
      {...(error === undefined ? {} : { error })}
      type="number"
      step={step}
      inputMode={step % 1 === 0 ? 'numeric' : 'decimal'}
      value={value ?? ''}
      onChange={(event) => {
        const { valueAsNumber } = event.currentTarget;
        onChange(Number.isNaN(valueAsNumber) ? null : valueAsNumber);
      }}
    />
  );
}
