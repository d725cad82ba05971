import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// How long one waits for what never comes: a busy machine may take its time for what does.
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
