/** What the grid shows, and its interface to the page. It does not depend on sockets, requests or pages. */

export type StaffId = string;
/** A day as `YYYY-MM-DD`. */
export type DateKey = string;

export type ShiftKind = 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';

/** When a shift is worked from a day on (null: from the beginning), as `HH:MM`. */
export interface ShiftHours {
  readonly validFrom: DateKey | null;
  readonly startTime: string | null;
  readonly endTime: string | null;
}

export interface ShiftSymbol {
  readonly symbol: string;
  readonly kind: ShiftKind;
  readonly label: string;
  /** How many days off it counts as. */
  readonly offEquivalent: number;
  /** What else may be typed for it: its labels and aliases. */
  readonly words?: readonly string[];
  /** When it is worked, the oldest first; left out where that was never said. */
  readonly times?: readonly ShiftHours[];
}

/** What text counts as that no shift type explains. */
export type TextMeaning = 'nothing' | 'work' | 'off';

export interface Person {
  readonly id: StaffId;
  readonly name: string;
  readonly position: string;
  readonly status: string;
  /** What an empty cell of this person means: normal work, or not scheduled. */
  readonly blankMeans: 'work' | 'free';
  /** The same day by day, where it changes within the month. */
  readonly blanks?: readonly ('work' | 'free')[];
  readonly groupIds: readonly string[];
  /** The days of the month on which the person is employed; left out: all. */
  readonly employed?: Span;
  /** The columns of the days on which the restaurant is closed; left out: none. */
  readonly closed?: ReadonlySet<number>;
  /** Of a published month: what a blank meant on each day, one letter each, instead of what stands above. */
  readonly publishedBlanks?: string;
  /** What text counts as that no shift type explains; left out: nothing. */
  readonly textCountsAs?: TextMeaning;
  /** What the month's limits ask of the person. */
  readonly limits?: readonly MonthLimit[];
}

/** Days by their column. */
export interface Span {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

/** A limit, or one of several, on a number that the grid counts. */
export interface Limit extends Bounds {
  readonly isHard: boolean;
}

/** A limit on a person's days of work, or days off in off-equivalents, within the days on which it is in force. */
export interface MonthLimit extends Limit {
  readonly counts: 'off' | 'working';
  readonly days: Span;
}

export interface Day {
  readonly dateKey: DateKey;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly holiday: string | null;
  /** Whether the day after it is a public holiday. */
  readonly beforeHoliday?: boolean;
  readonly closed: boolean;
  readonly allWork: boolean;
  readonly note: string;
  readonly isToday: boolean;
  readonly isPast?: boolean;
}

export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export interface CellRef {
  readonly staffId: StaffId;
  readonly dateKey: DateKey;
}

export interface CellChange extends CellRef {
  readonly value: string;
}

/** Bit flags of a cell besides its value. */
export const Mark = {
  none: 0,
  locked: 1,
  /** Edited here and not yet confirmed by the server. */
  waiting: 2,
  soft: 4,
  hard: 8,
  /** A proposal, or the published copy, says something else. */
  changed: 16,
  /** Stands in for somebody of another group. */
  covering: 32,
  /** Breaks a rule on purpose: somebody has locked it anyway. */
  overridden: 64,
  /** Somebody wishes something for this day, and has no answer yet. */
  wished: 128,
  /** The person cannot work on this weekday, or only at some hours. */
  unavailable: 256,
} as const;

/** What a person wishes for a day; `value` is the shift that is preferred or avoided. */
export interface WishMark {
  readonly kind: 'off' | 'cannot' | 'prefer' | 'avoid';
  readonly value: string;
}

/** When a person can work on a day (`HH:MM`); not at all where both are null. */
export interface AvailabilityMark {
  readonly from: string | null;
  readonly until: string | null;
  readonly note: string;
}

/** One row; replaced as a whole when anything in it changes, so that identity tells whether to render. */
export interface RowState {
  readonly values: readonly string[];
  readonly marks: readonly number[];
}

export interface Violation {
  readonly rule: string;
  readonly ruleId: string | null;
  /** Which settings table holds the rule; null where no rule can be opened. */
  readonly table: string | null;
  readonly staffId: StaffId | null;
  readonly dateKey: DateKey | null;
  /** The last of several days in a row that are one violation. */
  readonly lastDateKey?: DateKey | null;
  readonly isHard: boolean;
  readonly penalty: number;
  readonly message: string;
  /** The cell's text, if it is not a shift type. */
  readonly text?: string;
}

export interface Presence {
  readonly clientId: string;
  readonly name: string;
  readonly initials: string;
  /** Index into the palette of people. */
  readonly color: number;
  readonly cell: CellRef | null;
  readonly state: 'viewing' | 'editing';
  readonly idle: boolean;
}

export type Unsubscribe = () => void;

/** Where the cells come from and where edits go. Rows are indexed by the days the source was made for. */
export interface GridSource {
  getRow(staffId: StaffId): RowState;
  subscribeRow(staffId: StaffId, listener: () => void): Unsubscribe;
  /** Called after any row has changed; several changes may be told as one. */
  subscribeCells(listener: () => void): Unsubscribe;
  /** Called with the cells that somebody else has just changed. */
  subscribeRemote(listener: (cells: readonly CellRef[]) => void): Unsubscribe;
  getPresence(): readonly Presence[];
  subscribePresence(listener: () => void): Unsubscribe;
  violationsAt(cell: CellRef): readonly Violation[];
  /** The group that the person covers on that day; null: none. */
  coveredAt(cell: CellRef): string | null;
  /** The wish without an answer that the cell is marked with; left out: there are none. */
  wishAt?(cell: CellRef): WishMark | null;
  /** When the person can work, where the cell is marked with it; left out: always. */
  availabilityAt?(cell: CellRef): AvailabilityMark | null;
  /** One undo step, shown at once. */
  edit(changes: readonly CellChange[], base?: number): void;
  /** How far what is shown has got; given back with an edit, it says what its author saw when they began. */
  readonly version?: () => number;
  undo(): void;
  redo(): void;
}
