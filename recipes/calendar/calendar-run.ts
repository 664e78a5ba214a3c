/** A stretch of special days, whoever says it: the state, the school, the store. */
import type { Words } from '../contracts/command.ts';

export type CalendarRun = {
  /** Days of the same key are alike, from year to year: "cn.national-day", "school.summer". */
  readonly key: string;
  readonly name: Words;
  /** First and last day, both special, as the numbers 20261001 and 20261007. */
  readonly from: number;
  readonly to: number;
  /** The day that counts as 0; default: `from`. */
  readonly origin?: number;
  /** Days in a row that it is part of, when that is more than its own. */
  readonly stretch?: number;
  /** The day before is special, too (-1). */
  readonly eve: boolean;
  /** Not announced yet: the festival's own date is certain, the days off around it are not. */
  readonly expected: boolean;
};
