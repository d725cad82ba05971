import '@mantine/core/styles/Popover.css';

import { Popover } from '@mantine/core';

import type { DropPanelProps } from './DropPanel';

export default function DropPanelLoaded({ button, children, opened }: DropPanelProps & { opened: boolean }) {
  return (
    <Popover defaultOpened={opened} width={300} position="bottom-end" withArrow>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
