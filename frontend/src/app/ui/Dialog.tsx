import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/CloseButton.css';

import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useEscape } from '@/grid/escape';

import { useFocusBack } from './focusBack';

interface Props {
  readonly title: ReactNode;
  readonly onClose: () => void;
  /** `md`, `lg`, `xl`, or pixels. */
  readonly size?: number | string;
  /** Over the whole window: for what needs room. */
  readonly full?: boolean;
  readonly children: ReactNode;
}

/** A question, or a few buttons: on a phone it is as high as it has to be. */
const isSmall = (size: number | string) => size === 'sm' || size === 'md';

/** A dialog over the page; on a phone a sheet from below (see `app.css`). The page itself does not scroll, so there is nothing to hold still. */
export function Dialog({ title, onClose, size = 'md', full = false, children }: Props) {
  const { t } = useTranslation();
  useFocusBack();
  // Mantine's own closes everything that is open, a question and the form below it alike.
  useEscape(onClose);
  return (
    <Modal.Root opened onClose={onClose} closeOnEscape={false} size={size} fullScreen={full} lockScroll={false} transitionProps={{ duration: 120 }} className={isSmall(size) ? 'app-dialog' : 'app-dialog app-sheet'}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        {/* Not Mantine's header: a `header` element would be a second banner of the page. */}
        <div className="app-dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
