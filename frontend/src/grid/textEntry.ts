import type { Drafts } from './drafts';
import { cellAt, isSame, positionOf } from './layout';
import type { Selecting } from './selecting';
import type { Sheet } from './sheet';
import type { Writing } from './writing';

/** Typing free text into a cell: begun, gone on with, entered or dropped. */
export class TextEntry {
  constructor(
    private readonly sheet: Sheet,
    private readonly selecting: Selecting,
    private readonly writing: Writing,
    private readonly drafts: Drafts,
  ) {}

  /** Begins with `text`; null: with what was set aside for the cell, or what it holds. */
  start(text: string | null): void {
    const { sheet } = this;
    const resolved = this.selecting.editable();
    const cell = resolved === null ? null : cellAt(sheet.layout, resolved.active);
    if (resolved === null || cell === null) return;
    if (sheet.isLocked(resolved.active)) {
      sheet.host.notify({ kind: 'locked', count: 1 });
      return;
    }
    const { drafts } = sheet.state.getState();
    const draft = text === null ? drafts.find((each) => isSame(each.cell, cell)) : undefined;
    const begun = draft ?? { cell, text: text ?? sheet.value(resolved.active), base: sheet.source.version?.() };
    sheet.state.setState({
      editing: { ...begun, state: draft !== undefined ? 'resumed' : text === null ? 'opened' : 'typed' },
      drafts: drafts.filter((each) => !isSame(each.cell, cell)),
    });
    if (text !== null) sheet.kept?.keep(begun);
  }

  /** Goes on with the last of what was typed and not entered when the grid was left. */
  resume(): void {
    const { drafts, readOnly, layout } = this.sheet.state.getState();
    const draft = readOnly ? undefined : drafts.findLast(({ cell }) => positionOf(layout, cell) !== null);
    if (draft === undefined) return;
    this.selecting.selectRef(draft.cell);
    this.start(null);
  }

  type(text: string): void {
    const { editing } = this.sheet.state.getState();
    if (editing === null) return;
    const now = { ...editing, text, state: 'typed' as const };
    this.sheet.state.setState({ editing: now });
    this.sheet.kept?.keep({ cell: now.cell, text, base: now.base });
  }

  /** Ends the typing: written to the cell where it began, wherever that is now, or dropped. */
  stop(keep: boolean, meaning: (text: string) => string): void {
    const { editing, layout } = this.sheet.state.getState();
    this.drafts.forgetTyping();
    const at = editing === null ? null : positionOf(layout, editing.cell);
    if (editing !== null && at !== null && keep) this.writing.write([{ at, value: meaning(editing.text.trim()) }], editing.base);
  }
}
