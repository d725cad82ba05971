import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';

import { Menu } from '@mantine/core';
import { useState } from 'react';

import { useEscape } from '@/grid/escape';

import type { DropMenuProps, MenuItem } from './dropped';
import { Icon } from './Icon';

export default function DropMenuLoaded({ button, items, end = false, width, opened }: DropMenuProps & { opened: boolean }) {
  const [isOpen, setOpen] = useState(opened);
  // Also while the focus is on the button, and before what lies below hears of the key.
  useEscape(() => setOpen(false), isOpen);
  return (
    <Menu opened={isOpen} onChange={setOpen} closeOnEscape={false} position={end ? 'bottom-end' : 'bottom-start'} {...(width === undefined ? {} : { width })}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown className="app-scroll">
        <MenuItems items={items} />
      </Menu.Dropdown>
    </Menu>
  );
}

export function MenuItems({ items }: { items: readonly MenuItem[] }) {
  return items.map((item, index) => <Item key={'id' in item ? item.id : index} item={item} />);
}

function Item({ item }: { item: MenuItem }) {
  if (item.kind === 'divider') return <Menu.Divider />;
  if (item.kind === 'heading') return <Menu.Label>{item.label}</Menu.Label>;
  const { label, icon, keys, checked, href, run, lang } = item;
  const shared = {
    leftSection: typeof icon === 'string' ? <Icon name={icon} /> : (icon ?? null),
    rightSection: keys === undefined ? null : <kbd>{keys}</kbd>,
    ...(lang === undefined ? {} : { lang }),
  };
  if (checked !== undefined) {
    const choose = run ?? (() => window.location.assign(href ?? ''));
    return (
      <Menu.RadioItem
        value={item.id}
        checked={checked}
        checkIcon={<Icon name="check" size={14} />}
        closeMenuOnClick
        onChange={choose}
      >
        {label}
      </Menu.RadioItem>
    );
  }
  if (href !== undefined) {
    return (
      <Menu.Item component="a" href={href} {...shared}>
        {label}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item {...shared} {...(run === undefined ? {} : { onClick: run })}>
      {label}
    </Menu.Item>
  );
}
