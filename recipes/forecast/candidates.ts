/** Who takes part. The rates are the same for every item; which of them wins is the item's own. */
import type { Candidate } from './candidate.ts';
import type { DemandDays } from './demand-days.ts';
import { Regression } from './regression.ts';
import { flatMean, lastWeek, levelWeekday, seldom, weekdayMean } from './weekday-candidates.ts';

export function candidatesFor({ weekday, features }: DemandDays): Candidate[] {
  return [
    lastWeek(weekday),
    flatMean('mean', 0.005),
    weekdayMean(weekday, 0.05, 1),
    levelWeekday('level-slow', weekday, { level: 0.01, weekday: 0.01, prior: 4, trend: 0 }),
    levelWeekday('level-fast', weekday, { level: 0.08, weekday: 0.05, prior: 4, trend: 0 }),
    levelWeekday('trend', weekday, { level: 0.05, weekday: 0.02, prior: 4, trend: 0.002 }),
    seldom(0.05, 0.05),
    new Regression('effects-slow', weekday, features, { level: 0.015, forget: 0.0005, ridge: 3 }),
    new Regression('effects-fast', weekday, features, { level: 0.04, forget: 0.0005, ridge: 0.3 }),
  ];
}
