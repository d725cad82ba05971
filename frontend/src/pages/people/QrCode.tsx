import { useWrite } from '@/app/stores/rest';
import { useAnswer } from '@/app/ui/useAnswer';

import './people.css';

/** A text for the camera of another device. The server draws it, and keeps nothing; where it cannot be asked, the text alone stands there. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const write = useWrite();
  const code = useAnswer(`qr ${text}`, () => write('post', '/api/me/qr-code/', {}, { text }));
  if (code.state !== 'ready') return null;
  const { size, path } = code.value;
  return (
    <svg className="pp-qr" viewBox={`0 0 ${String(size)} ${String(size)}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  );
}
