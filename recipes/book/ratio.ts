/** Ratios of the book: yields and scales. */
import { compare, mul, ONE, type Rational, rationalFromDecimal, ZERO } from '../rational.ts';
import type { Report } from './problem.ts';

/** A yield within (0, 1], or undefined when there is none or it was reported. */
export function readYield(
  raw: string | number | undefined,
  path: string,
  report: Report,
): Rational | undefined {
  if (raw === undefined) return undefined;
  const value = ratio(raw);
  if (compare(value, ZERO) > 0 && compare(value, ONE) <= 0) return value;
  report({
    path,
    code: 'bad_yield',
    message: `a yield of ${raw} is outside (0, 1]`,
    messageZh: `净料率 ${raw} 不在 (0, 1] 范围内`,
    remedy: 'write the part that is left, for example 0.87 for 87 %',
    remedyZh: '请写剩余的比例，例如 87% 写 0.87',
  });
  return undefined;
}

/** 0.87, "0.87" or "87%". The shape has been checked. */
export function ratio(raw: string | number): Rational {
  if (typeof raw === 'number') return rationalFromDecimal(raw);
  const percent = raw.endsWith('%');
  const value = rationalFromDecimal(percent ? raw.slice(0, -1).trimEnd() : raw.trim());
  return percent ? mul(value, rationalFromDecimal('0.01')) : value;
}
