/** A weight, as the stream and `POST /scale` say it. */
export type ScaleReading = {
  readonly scale: string;
  readonly grams: string | number;
  readonly stable: boolean;
};

/** The scale beside this tablet, as the box reports it. */
export class Scale {
  /** What lies on it; null when no scale has ever spoken. */
  grams = $state<number | null>(null);
  stable = $state(false);
  scale = $state('');
  /** Something lies on it and it has stopped moving. */
  readonly ready = $derived(this.grams !== null && this.grams > 0 && this.stable);
  #waiting: (() => void)[] = [];

  took(reading: ScaleReading): void {
    const grams = Number(reading.grams);
    this.grams = Number.isFinite(grams) ? grams : null;
    this.stable = reading.stable;
    this.scale = reading.scale;
    if (!this.ready) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** The connection is gone: an old weight must not be taken for a new one. */
  lost(): void {
    this.grams = null;
    this.stable = false;
  }

  /** The weight once it stands still, or null when it does not within `ms`. */
  async steady(ms: number): Promise<number | null> {
    if (this.grams === null || this.grams <= 0) return null;
    if (!this.ready) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return this.ready ? this.grams : null;
  }
}
