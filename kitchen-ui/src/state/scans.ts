/** Takes a scan; the last one who asked gets it, so a sheet comes before the page below it. */
export type ScanTaker = (text: string, startedAt: number) => void;

/** Hands what the scanner reads to whoever is in front. */
export class Scans {
  readonly #takers: ScanTaker[] = [];

  /** Until the returned function is called, scans go to `taker`. */
  listen(taker: ScanTaker): () => void {
    this.#takers.push(taker);
    return () => {
      this.#takers.splice(this.#takers.lastIndexOf(taker), 1);
    };
  }

  /** @param startedAt time stamp of the first key, as of the keyboard's events */
  took(text: string, startedAt: number): void {
    this.#takers.at(-1)?.(text, startedAt);
  }
}
