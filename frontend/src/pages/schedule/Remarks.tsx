import '@/i18n/way';

import { useTranslation } from 'react-i18next';

/** What the server passed over in the settings, and what they ask of nobody: no rule is broken by it, but it has no effect. */
export function Remarks({ remarks }: { remarks: readonly string[] }) {
  const { t } = useTranslation('way');
  if (remarks.length === 0) return null;
  return (
    <details className="sp-later">
      <summary>{t('remarks', { count: remarks.length })}</summary>
      <ul className="sp-list">
        {[...new Set(remarks)].map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </details>
  );
}
