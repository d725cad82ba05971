/** A page, or a part of one, on which there is nothing yet: why, and what one can do. */
export function Empty({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="app-empty">
      <p>{text}</p>
      {children}
    </div>
  );
}
