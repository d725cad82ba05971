import '@/i18n/way';
import './way.css';

import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { GenerationProgress } from '@/realtime/protocol';

import { gapOf, HEIGHT, linesOf, pointsOf, WIDTH } from './way';

/** How a job got better, as a small chart and in words; nothing before there are two points. */
export default function Way({ progress }: { progress: GenerationProgress }) {
  const { t, i18n } = useTranslation('way');
  const id = useId();
  const points = pointsOf(progress.way);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return null;
  const lines = linesOf(points, progress.elapsedSeconds);
  const number = new Intl.NumberFormat(i18n.language);
  const seconds = number.format(Math.round(lines.seconds * 10) / 10);
  const gap = gapOf(last);
  return (
    <figure className="sp-way">
      <figcaption id={`${id}title`}>{t('title')}</figcaption>
      <svg viewBox={`0 -3 ${WIDTH} ${HEIGHT + 6}`} role="img" aria-labelledby={`${id}title`} aria-describedby={`${id}text`} preserveAspectRatio="none">
        <path className="sp-way-axis" d={`M0 ${HEIGHT}H${WIDTH}`} />
        <path className="sp-way-bound" d={lines.bound} />
        <path className="sp-way-best" d={lines.objective} />
      </svg>
      <p className="sp-way-key" aria-hidden="true">
        <span className="sp-way-best">{t('best')}</span>
        <span className="sp-way-bound">{t('bound')}</span>
        <span>{t('seconds', { seconds })}</span>
      </p>
      <p id={`${id}text`} className="app-tight app-dim">
        {t('text', { seconds, first: number.format(first.objective), best: number.format(last.objective), bound: number.format(last.bound) })}{' '}
        {gap === 0 ? t('proved') : gap === null ? t('unknown') : t('within', { percent: number.format(Math.ceil(gap * 1000) / 10) })}
      </p>
    </figure>
  );
}
