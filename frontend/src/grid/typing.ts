import type { ChangeEvent, CompositionEvent, KeyboardEvent } from 'react';

import type { Grid } from './controller';
import { type Keymap, keymapOf, symbolOf } from './keymap';
import { isTaken } from './keys';
import type { ShiftSymbol } from './model';
import { Speller } from './spelling';

/** What happens to the input of a grid, by keys and by input methods: nothing is entered or run while one composes. */
export class Typing {
  private readonly keymap: Keymap;
  private readonly speller: Speller;
  private isComposing = false;
  /** What takes the focus away ends a composition right before. */
  private hasJustComposed = false;
  /** Whether the text began with a composition, where a single character may stand for the key that was meant. */
  private isComposed = false;
  private isRefused = false;

  constructor(
    private readonly grid: Grid,
    symbols: readonly ShiftSymbol[],
  ) {
    this.keymap = keymapOf(symbols);
    this.speller = new Speller(symbols);
  }

  private get editing() {
    return this.grid.state.getState().editing;
  }

  readonly change = ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>): void => {
    if (this.isRefused) return;
    if (this.editing !== null) this.grid.type(value);
    else if (value !== '') this.grid.startEditing(value);
    this.isRefused = this.isComposing && this.editing === null;
  };

  readonly beginComposing = (): void => {
    this.isComposing = true;
    this.isRefused = false;
    this.isComposed ||= this.editing === null;
  };

  readonly endComposing = ({ currentTarget: { value } }: CompositionEvent<HTMLInputElement>): void => {
    this.isComposing = false;
    this.isRefused = false;
    this.hasJustComposed = true;
    setTimeout(() => {
      this.hasJustComposed = false;
    });
    if (!this.isComposed) return;
    const isHelp = value.normalize('NFKC') === '?';
    if (value === '' || isHelp) this.stop(false);
    if (isHelp) this.grid.openHelp();
  };

  readonly blur = (): void => {
    const { editing } = this;
    // Where the whole window has lost the focus, one comes back to what one was typing.
    if (editing === null || !document.hasFocus()) return;
    if (this.isComposing || this.hasJustComposed || editing.state === 'resumed') this.setAside();
    else this.stop(true);
  };

  readonly keyDown = (event: KeyboardEvent): void => {
    if (this.editing === null) return;
    event.stopPropagation();
    if (isTaken(event.nativeEvent)) return;
    if (event.key === 'Escape') this.stop(false);
    if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      this.stop(true);
      this.grid.run({ type: 'advance', along: event.key === 'Tab' ? 'row' : 'column', back: event.shiftKey });
    }
  };

  private stop(keep: boolean): void {
    this.grid.stopEditing(keep, this.meaning);
    this.isComposed = false;
  }

  private setAside(): void {
    this.grid.setAside();
    this.isComposing = false;
    this.isComposed = false;
  }

  private readonly meaning = (text: string): string =>
    (this.isComposed ? symbolOf(text.normalize('NFKC'), this.keymap) : undefined) ?? this.speller.spell(text);
}
