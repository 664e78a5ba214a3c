/**
 * How far off the answers were, in units that grow with demand: intervals are quantiles of the latest
 * of these (split conformal), so that they need no law of distribution.
 */
import { SortedWindow } from './sorted-window.ts';

/** Latest judged days that speak for tomorrow. */
const WINDOW = 300;
/** With fewer judged days than this the tails are not known; the normal law stands in. */
const ENOUGH = 30;

export class Residuals {
  readonly #window = new SortedWindow(WINDOW);
  #square = 0;
  #count = 0;
  #size = 0;

  /** @param said what was expected of the day before it came */
  add(said: number, demand: number): void {
    this.#count += 1;
    this.#size += Math.max(0.02, 1 / this.#count) * (demand - this.#size);
    const unit = this.#unit(said);
    if (unit === 0) return;
    const off = (demand - said) / unit;
    this.#square += Math.max(0.01, 1 / this.#count) * (off * off - this.#square);
    this.#window.add(off);
  }

  /** Standard error of an answer. */
  sd(said: number): number {
    return Math.sqrt(this.#square) * this.#unit(said);
  }

  /** Bounds of the middle `level` of what may come. */
  bounds(said: number, level: number, wider = 1): readonly [low: number, high: number] {
    const tail = (1 - level) / 2;
    const unit = this.#unit(said) * wider;
    if (this.#window.count < ENOUGH) {
      const reach = normalQuantile(1 - tail) * this.sd(said) * wider * (1 + 2 / (this.#count + 1));
      return [Math.max(0, said - reach), said + reach];
    }
    const low = Math.max(0, said + this.#window.quantile(tail) * unit);
    return [low, Math.max(low, said + this.#window.quantile(1 - tail) * unit)];
  }

  /** A day from which nothing is expected can still surprise: a tenth of a usual day is the least. */
  #unit(said: number): number {
    const size = Math.max(said, this.#size / 10);
    // Error grows with demand to the power of 3/4, between counting noise (1/2) and proportion (1); two roots are much cheaper than a power.
    return Math.sqrt(size) * Math.sqrt(Math.sqrt(size));
  }
}

/** The place below which a standard normal falls with chance `share` (Acklam's rational approximation, 1e-9). */
export function normalQuantile(share: number): number {
  const q = share - 0.5;
  if (Math.abs(q) <= 0.47575) {
    const r = q * q;
    return (q * horner(A, r)) / (horner(B, r) * r + 1);
  }
  const r = Math.sqrt(-2 * Math.log(Math.min(share, 1 - share)));
  const tail = horner(C, r) / (horner(D, r) * r + 1);
  return q < 0 ? tail : -tail;
}

function horner(factors: readonly number[], x: number): number {
  return factors.reduce((sum, factor) => sum * x + factor, 0);
}

const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
  -3.066479806614716e1, 2.506628277459239,
];
const B = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
  -1.328068155288572e1,
];
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
