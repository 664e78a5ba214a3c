/**
 * The contest: every candidate goes through the past day by day; each evening the errors so far say how
 * much each one's word counts for tomorrow. The answer of each evening was made with what was known
 * then, choice included, so that its errors are an honest back-test of the whole.
 */
import type { Candidate } from './candidate.ts';
import type { DemandDays } from './demand-days.ts';
import { FarAhead } from './far-ahead.ts';
import { Jury } from './jury.ts';
import { Residuals } from './residuals.ts';
import { leastDemand } from './sold-out.ts';
import type { Accuracy } from './types.ts';

/** Days before answers are judged: the first ones are made of nothing. */
const WARM_UP = 14;

/** Days between two looks a whole horizon ahead: they cost as much as the contest itself. */
const FAR_EVERY = 3;

export type Contest = {
  /** What the winner expects of a whole ordinary day. */
  readonly expect: (day: number) => number;
  readonly residuals: Residuals;
  /** How much wider the error of the last day of the horizon is than that of the first, 1 or more. */
  readonly growth: number;
  readonly method: string;
  readonly accuracy: Accuracy;
};

/**
 * Leads the candidates through the past.
 * @param level middle share that the judged intervals should hold
 * @param onEvent told of each announced day with what was expected of it as an ordinary one
 */
export function runContest(
  days: DemandDays,
  candidates: readonly Candidate[],
  level: number,
  onEvent?: (day: number, baseline: number) => void,
): Contest {
  const jury = new Jury(candidates);
  const expect = (day: number) => jury.expect(day);
  const residuals = new Residuals();
  const tally = openTally();
  const far = new FarAhead(days.demand.length - days.past);
  let taught = 0;
  for (let day = 0; day < days.past; day++) {
    const demand = days.demand[day] ?? Number.NaN;
    if (days.event[day] === 1) onEvent?.(day, jury.expect(day));
    if (Number.isNaN(demand)) continue;
    if (day % FAR_EVERY === 0 && taught >= WARM_UP) far.ask(day, expect);
    const said = jury.expect(day);
    const isLeast = days.censored[day] === 1;
    const learned = isLeast ? leastDemand(said, demand, residuals.sd(said)) : demand;
    if (!isLeast && taught >= WARM_UP) {
      tally(said, demand, residuals.bounds(said, level), days.factor[day] ?? 1);
    }
    if (!isLeast && taught > 0) {
      jury.judge(demand);
      residuals.add(said, demand);
      far.judge(day, said, demand);
    }
    for (const candidate of candidates) candidate.learn(day, learned);
    taught += 1;
  }
  return {
    expect,
    residuals,
    growth: far.growth(),
    method: jury.method,
    accuracy: tally.accuracy(),
  };
}

type Tally = {
  (said: number, demand: number, bounds: readonly [number, number], factor: number): void;
  accuracy(): Accuracy;
};

function openTally(): Tally {
  let [days, off, over, sold, held] = [0, 0, 0, 0, 0];
  const add = (
    said: number,
    demand: number,
    [low, high]: readonly [number, number],
    factor: number,
  ) => {
    days += 1;
    off += Math.abs(said - demand) * factor;
    over += (said - demand) * factor;
    sold += demand * factor;
    if (demand >= low && demand <= high) held += 1;
  };
  const accuracy = (): Accuracy => ({
    wape: sold > 0 ? off / sold : null,
    bias: sold > 0 ? over / sold : null,
    coverage: days > 0 ? held / days : null,
    days,
  });
  return Object.assign(add, { accuracy });
}
