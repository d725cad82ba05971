import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { isTaken } from '@/grid/keys';

import { type Command, find, useAllCommands } from './commands';
import { Dialog } from '../ui/Dialog';
import { closeDialog } from '../stores/route';

const MOST = 50;

/** Everything that can be done here, by name. */
export default function Palette() {
  const { t } = useTranslation();
  const commands = useAllCommands();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = find(commands, query).slice(0, MOST);
  const active = Math.min(at, found.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    closeDialog();
    // The dialog gives the focus back first; what the command focuses comes after it.
    setTimeout(command.run, 150);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    // An input method has it: the Enter that ends a composition runs nothing.
    if (isTaken(event.nativeEvent)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % Math.max(1, found.length));
    }
    if (event.key === 'Enter') run(found[active]);
  };
  return (
    <Dialog title={t('palette.title')} onClose={closeDialog} size={560}>
      <input
        className="app-palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[active] === undefined ? undefined : `palette-${active}`}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        data-autofocus
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-list" role="listbox" className="app-palette" aria-label={t('palette.title')}>
        {found.map((command, index) => (
          <li
            key={command.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === active}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' });
            }}
            onMouseEnter={() => setAt(index)}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="app-dim">{t('palette.nothing')}</p>}
    </Dialog>
  );
}
