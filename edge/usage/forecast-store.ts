/** SQL of what was forecast for a day, kept to be compared with what came. */
import type { Db } from '../db/open.ts';

export type StoredForecast = {
  readonly item: number;
  readonly day: number;
  /** The business day on which it was made. */
  readonly madeOn: number;
  /** Millionths. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly method: string;
};

export type ForecastStore = {
  /** Writes all, or none; the same item, day and making again is replaced. */
  putAll(list: readonly StoredForecast[]): void;
  /** Drops what was forecast for days before. */
  prune(before: number): void;
  /** Of each item and day the newest that was made before the day, else the one made on it. */
  between(from: number, to: number): StoredForecast[];
};

export function openForecastStore(db: Db): ForecastStore {
  const put = db.prepare(
    `INSERT OR REPLACE INTO forecast_day (item, day, made_on, mean, low, high, method)
       VALUES (@item, @day, @madeOn, @mean, @low, @high, @method)`,
  );
  const prune = db.prepare('DELETE FROM forecast_day WHERE day < ?');
  const putAll = db.transaction((list: readonly StoredForecast[]) => {
    for (const one of list) put.run(one);
  });
  const between = db.prepare(
    `SELECT item, day, made_on AS madeOn, mean, low, high, method FROM forecast_day f
      WHERE day BETWEEN ? AND ? AND made_on = (
        SELECT made_on FROM forecast_day g WHERE g.item = f.item AND g.day = f.day AND g.made_on <= f.day
         ORDER BY g.made_on = g.day, g.made_on DESC LIMIT 1)
      ORDER BY item, day`,
  );
  return {
    putAll: (list) => putAll.immediate(list),
    prune: (before) => {
      prune.run(before);
    },
    between: (from, to) => between.all(from, to) as StoredForecast[],
  };
}
