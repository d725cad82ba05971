/** One delay: starting it while it runs does not prolong it. */
export class Timer {
  readonly #delayMs: number;
  readonly #run: () => void;
  #handle: ReturnType<typeof setTimeout> | undefined;

  constructor(delayMs: number, run: () => void) {
    this.#delayMs = delayMs;
    this.#run = run;
  }

  start(): void {
    this.#handle ??= setTimeout(() => {
      this.#handle = undefined;
      this.#run();
    }, this.#delayMs);
  }

  stop(): void {
    clearTimeout(this.#handle);
    this.#handle = undefined;
  }
}
