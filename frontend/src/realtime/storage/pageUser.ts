/** Whose page this is: nothing is shown to anybody else, or sent in their name. */
export class PageUser {
  #id: string | null;
  /** Whether that was known before the server has said who is signed in now. */
  #isBefore: boolean;
  /** Whether nothing but a kept copy says so, over which nothing was done. */
  #isGuess = false;

  /** `named`: as the page says itself; null where it does not. */
  constructor(named: string | null) {
    this.#id = named;
    this.#isBefore = named !== null;
  }

  /** Null: nobody has said. */
  get id(): string | null {
    return this.#id;
  }

  /** In whose name the server is asked; null as long as that is a guess. */
  get asking(): string | null {
    return this.#isGuess ? null : this.#id;
  }

  /** What was kept on this device says whose it is. */
  remember(userId: string | null): void {
    this.#isGuess = this.#id === null && userId !== null;
    this.#id ??= userId;
    this.#isBefore = this.#id !== null;
  }

  /** It was open without a server, or somebody has done something: whoever is signed in later may be somebody else. */
  settle(): void {
    this.#isGuess = false;
  }

  /** The server says who is signed in; whether the page was taken for another's until then, and is theirs from now on. */
  corrects(userId: string | null): boolean {
    const isWrong = this.#isGuess && userId !== null && userId !== this.#id;
    if (isWrong) {
      this.#id = userId;
      this.#isBefore = false;
    }
    this.settle();
    return isWrong;
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
