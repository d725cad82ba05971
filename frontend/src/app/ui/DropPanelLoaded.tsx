import '@mantine/core/styles/Popover.css';

import { Popover } from '@mantine/core';
import { cloneElement, type MouseEvent, useState } from 'react';

import { useEscape } from '@/grid/escape';

import type { DropPanelProps } from './dropped';

export default function DropPanelLoaded({ button, children, opened }: DropPanelProps & { opened: boolean }) {
  const [isOpen, setOpen] = useState(opened);
  // Also while the focus is on the button, where Mantine does not listen.
  useEscape(() => setOpen(false), isOpen);
  // What is chosen in it opens something else, over which it must not stay.
  const closeAfter = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('button, a') !== null) setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} width={300} position="bottom-end" withArrow>
      <Popover.Target>{cloneElement(button, { onClick: () => setOpen(!isOpen) })}</Popover.Target>
      <Popover.Dropdown onClick={closeAfter}>{children}</Popover.Dropdown>
    </Popover>
  );
}
