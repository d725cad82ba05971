import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** An address to pass on: whole, selectable, and copied by a button where the browser lets a page do that. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('people');
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Without leave, or without https: it is selected, to be copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className="pp-copy">
      <input ref={field} className="pp-field" readOnly aria-label={label} value={value} onFocus={(event) => event.currentTarget.select()} />
      <Button size="sm" variant="default" onClick={() => void copy()}>
        {isCopied ? t('copied') : t('copy')}
      </Button>
      <span role="status" className="ss-sr">
        {isCopied ? t('copied') : ''}
      </span>
    </div>
  );
}
