/**
 * What demand may come out as, given its mean and the standard deviation of its forecast. Errors of
 * forecasts are small on most days and wild on some (on both sets of the back-test the middle half lies
 * within 0.6 standard deviations, one day in a hundred beyond 3), so this is a mixture: four days in
 * five with three quarters of the standard deviation, the fifth with so much more that the variance is
 * the one given. Each part is a gamma distribution, which never goes below 0 and is skewed when demand is
 * intermittent; a normal one where the two are the same to the eye (standard deviation below a tenth of
 * the mean); a point when there is no spread.
 *
 * Sources: Abramowitz & Stegun 6.5 (incomplete gamma function: series 6.5.29, continued fraction
 * 6.5.31) and 7.1 (erf is P(1/2, x²)); Lanczos' approximation of ln Γ (g = 7, 9 terms); the expected
 * shortfall of a gamma variable in Silver, Pyke & Thomas, Inventory and Production Management, 4th ed.
 */

/** Both 0 or more, in one unit. */
export type Spread = { readonly mean: number; readonly sd: number };

/** Probability that demand is `amount` or less. */
export function probabilityWithin(spread: Spread, amount: number): number {
  const { mean, sd } = spread;
  if (isPoint(spread)) return amount >= mean ? 1 : 0;
  return (
    USUAL_DAYS * within(mean, sd * USUAL, amount) + WILD_DAYS * within(mean, sd * WILD, amount)
  );
}

/** The amount that demand stays within with probability `p`, within (0, 1). */
export function amountWithin(spread: Spread, p: number): number {
  const { mean, sd } = spread;
  if (isPoint(spread)) return mean;
  let low = 0;
  let high = mean + sd;
  for (let i = 0; i < DOUBLINGS && probabilityWithin(spread, high) < p; i++) high = 2 * high;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(spread, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}

/** Expected part of the demand beyond `amount`: E[(D - amount)+]. */
export function expectedShort(spread: Spread, amount: number): number {
  const { mean, sd } = spread;
  if (amount <= 0) return mean - amount;
  if (isPoint(spread)) return Math.max(0, mean - amount);
  const usual = short(mean, sd * USUAL, amount);
  return Math.max(0, USUAL_DAYS * usual + WILD_DAYS * short(mean, sd * WILD, amount));
}

/** Expected part of `amount` that demand leaves: E[(amount - D)+]. */
export function expectedLeft(spread: Spread, amount: number): number {
  return Math.max(0, amount - spread.mean + expectedShort(spread, amount));
}

const USUAL_DAYS = 0.8;
const WILD_DAYS = 1 - USUAL_DAYS;
const USUAL = 0.75;
const WILD = Math.sqrt((1 - USUAL_DAYS * USUAL ** 2) / WILD_DAYS);

function within(mean: number, sd: number, amount: number): number {
  if (sd < NORMAL_BELOW * mean) return normalWithin((amount - mean) / sd);
  return lowerGamma((mean / sd) ** 2, (amount * mean) / (sd * sd));
}

function short(mean: number, sd: number, amount: number): number {
  if (sd < NORMAL_BELOW * mean) {
    const z = (amount - mean) / sd;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    return sd * (density - z * (1 - normalWithin(z)));
  }
  const shape = (mean / sd) ** 2;
  const x = (amount * mean) / (sd * sd);
  return mean * (1 - lowerGamma(shape + 1, x)) - amount * (1 - lowerGamma(shape, x));
}

function isPoint({ mean, sd }: Spread): boolean {
  return mean <= 0 || sd <= mean * 1e-9;
}

const NORMAL_BELOW = 0.1;
const DOUBLINGS = 60;
const BISECTIONS = 40;
const PRECISION = 1e-13;
const TERMS = 10_000;

function normalWithin(z: number): number {
  const tail = lowerGamma(0.5, (z * z) / 2) / 2;
  return z >= 0 ? 0.5 + tail : 0.5 - tail;
}

/** The regularised lower incomplete gamma function P(a, x); a > 0. */
function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < TERMS && term > sum * PRECISION; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  return Math.max(0, 1 - front * upperFraction(a, x));
}

/** Continued fraction of Γ(a, x) by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / Number.MIN_VALUE ** 0.5;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < TERMS; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / notZero(step * d + b);
    c = notZero(b + step / c);
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < PRECISION) break;
  }
  return h;
}

function notZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x;
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** ln Γ(a), a > 0. */
function logGamma(a: number): number {
  if (a < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * a)) - logGamma(1 - a);
  let sum = 0.9999999999998099;
  LANCZOS.forEach((c, i) => {
    sum += c / (a + i);
  });
  const t = a + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (a - 0.5) * Math.log(t) - t + Math.log(sum);
}
