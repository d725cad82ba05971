import { useTranslation } from 'react-i18next';

import { Dialog } from '../ui/Dialog';
import { closeDialog } from '../stores/route';

const SECTIONS = {
  set: [
    ['○', '1', 'o'],
    ['△', '2', 't'],
    ['◇', '3', 'd'],
    ['×', '4', 'x'],
    ['★', '5', '*'],
    ['●', '6', 's'],
    ['clear', 'Delete', '0'],
    ['text', 'F2'],
  ],
  move: [
    ['arrows', '↑ ↓ ← →'],
    ['edge', 'Home', 'End'],
    ['corner', 'Ctrl Home', 'Ctrl End'],
    ['page', 'Page Up', 'Page Down'],
    ['next', 'Tab', 'Enter'],
    ['nextProblem', 'F8'],
    ['leave', 'Esc Tab'],
  ],
  select: [
    ['range', 'Shift ↑ ↓ ← →'],
    ['row', 'Shift Space'],
    ['column', 'Ctrl Space'],
    ['all', 'Ctrl A'],
  ],
  edit: [
    ['clipboard', 'Ctrl C', 'Ctrl X', 'Ctrl V'],
    ['fill', 'Ctrl D', 'Ctrl R'],
    ['undo', 'Ctrl Z', 'Ctrl Y'],
    ['lock', 'Alt L'],
    ['history', 'Alt H'],
    ['menu', 'Space', 'Shift F10'],
    ['palette', 'Ctrl K'],
  ],
} as const;

/** Every key there is. */
export default function KeysDialog() {
  const { t } = useTranslation();
  return (
    <Dialog title={t('keys.title')} onClose={closeDialog} size="xl">
      <div className="app-keys">
        {Object.entries(SECTIONS).map(([section, keys]) => (
          <section key={section}>
            <h3>{t(`keys.${section as keyof typeof SECTIONS}`)}</h3>
            <dl>
              {keys.map(([name, ...combinations]) => (
                <div key={name}>
                  <dt>{name.length === 1 ? <span className="sp-symbol sp-small">{name}</span> : t(`keys.${name as 'clear'}`)}</dt>
                  <dd>
                    {combinations.map((combination) => (
                      <kbd key={combination}>{combination}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
