import { isSame } from './layout';
import type { CellRef } from './model';
import type { Sheet } from './sheet';

/** What was typed and is not entered: shown at its cell, kept in the browser, never sent. */
export class Drafts {
  constructor(private readonly sheet: Sheet) {}

  /** What is being typed is shown at its cell from now on, neither entered nor lost. */
  setAside(): void {
    const { editing, drafts } = this.sheet.state.getState();
    if (editing === null) return;
    const { cell, text, base, state } = editing;
    const others = drafts.filter((draft) => !isSame(draft.cell, cell));
    this.sheet.state.setState({ editing: null, drafts: state === 'opened' ? others : [...others, { cell, text, base }] });
    if (state === 'typed') this.sheet.host.notify({ kind: 'setAside', text });
  }

  /** Ends the typing; what was typed is dropped. */
  forgetTyping(): void {
    const { editing } = this.sheet.state.getState();
    if (editing !== null) this.sheet.kept?.drop(editing.cell);
    this.sheet.state.setState({ editing: null });
  }

  /** What was set aside for cells that hold something else now is over. */
  drop(cells: readonly CellRef[]): void {
    const { drafts } = this.sheet.state.getState();
    const over = drafts.filter(({ cell }) => cells.some((each) => isSame(each, cell)));
    if (over.length === 0) return;
    over.forEach(({ cell }) => this.sheet.kept?.drop(cell));
    this.sheet.state.setState({ drafts: drafts.filter((draft) => !over.includes(draft)) });
  }
}
