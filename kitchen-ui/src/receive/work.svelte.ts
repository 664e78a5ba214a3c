import type { Answers } from '../keep/answers.ts';
import { type Delivery, isSaid } from './delivery.ts';

/** A delivery that is being received: kept on the tablet at every step, so that a reload loses nothing. */
export class Work {
  delivery = $state.raw<Delivery>() as Delivery;
  /** Taps since it was opened; the one that opened it counts. */
  taps = 1;
  readonly #answers: Answers;
  readonly #name: string;
  readonly #fresh: Delivery;

  /** @param name of the order, or of what stands for one */
  constructor(fresh: Delivery, name: string, answers: Answers) {
    this.delivery = fresh;
    this.#fresh = fresh;
    this.#name = `receiving ${name}`;
    this.#answers = answers;
  }

  change(delivery: Delivery): void {
    this.delivery = delivery;
    void this.#answers.put(this.#name, delivery.startedAt, delivery);
  }

  /** Goes on where it was left, unless the order has changed since or work has begun. */
  async recall(): Promise<void> {
    const kept = await this.#answers.get<Delivery | null>(this.#name);
    if (kept === null || kept.value === null || this.delivery !== this.#fresh) return;
    if (isSameOrder(kept.value, this.#fresh) && isBegun(kept.value)) this.delivery = kept.value;
  }

  /** It is recorded: the next delivery begins empty. */
  forget(): void {
    void this.#answers.put(this.#name, 0, null);
  }
}

function isSameOrder(kept: Delivery, fresh: Delivery): boolean {
  return expectedOf(kept) === expectedOf(fresh) && kept.supplier === fresh.supplier;
}

function expectedOf({ lines }: Delivery): string {
  const ordered = lines.filter(({ expected }) => expected !== null);
  return ordered.map(({ item, expected, unit }) => `${item} ${expected} ${unit}`).join('|');
}

function isBegun(delivery: Delivery): boolean {
  return (
    delivery.temperature !== '' || delivery.lines.some((line) => isSaid(line) || line.lot !== '')
  );
}
