import { render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';

import { startLanguage } from '@/i18n';

import { HowItWent } from './HowItWent';

const progress = { jobId: 'j', scheduleId: 's', phase: 'soft', objective: 300, bound: 240, elapsedSeconds: 4, solutions: 2 };

beforeAll(() => startLanguage('en'));

it('is drawn and said in words, with how far it is from the best', async () => {
  render(<HowItWent progress={{ ...progress, way: [[0.5, 900, 0], [2, 300, 240]] }} />);
  const chart = await screen.findByRole('img');
  expect(chart.querySelectorAll('path')).toHaveLength(3);
  const text = document.getElementById(chart.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
  expect(text).toMatch(/900.*300.*240.*20/);
});

it('is nothing before there is something to compare', () => {
  const { container } = render(<HowItWent progress={{ ...progress, way: [[0.5, 900, 0]] }} />);
  expect(container.innerHTML).toBe('');
});
