import { Button, Group } from '@mantine/core';
import { useStore } from 'zustand';

import { asked } from '../stores/ask';
import { Dialog } from '../ui/Dialog';

/** The open question, if there is one. */
export default function Asking() {
  const question = useStore(asked);
  if (question === null) return null;
  const { title, text, answers, resolve } = question;
  return (
    <Dialog title={title} onClose={() => resolve(answers[0]?.value ?? '')}>
      <p className="app-tight">{text}</p>
      <Group justify="flex-end" mt="md" gap="xs">
        {answers.map(({ value, label, kind }) => (
          <Button key={value} variant={kind === undefined ? 'default' : 'filled'} color={kind === 'danger' ? 'red' : 'blue'} onClick={() => resolve(value)}>
            {label}
          </Button>
        ))}
      </Group>
    </Dialog>
  );
}
