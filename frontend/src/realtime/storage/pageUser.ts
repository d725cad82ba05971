/** Whose page this is: nothing is shown to anybody else, or sent in their name. */
export class PageUser {
  #id: string | null;
  /** Whether that was known before the server has said who is signed in now. */
  #isBefore: boolean;

  /** `named`: as the page says itself; null where it does not. */
  constructor(named: string | null) {
    this.#id = named;
    this.#isBefore = named !== null;
  }

  /** Null: nobody has said. */
  get id(): string | null {
    return this.#id;
  }

  /** What was kept on this device says whose it is. */
  remember(userId: string | null): void {
    this.#id ??= userId;
    this.#isBefore = this.#id !== null;
  }

  /** The server says who is signed in: the first whom it names on a page that says nothing. False: it is somebody else. */
  meet(userId: string | null): boolean {
    this.#id ??= userId;
    return userId === null || this.#id === userId;
  }

  /** The author of what lies in the store of this page; undefined where that is not known, null: it is another's. */
  authorOf({ author }: { readonly author?: string | null }): string | null | undefined {
    if (author == null) return this.#isBefore ? (this.#id) : undefined;
    return author === this.#id ? author : null;
  }
}
