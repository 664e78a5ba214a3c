import type { Name } from '#recipes/words/words.ts';

/** How good the forecasts were: what `GET /reports/forecast` answers. Ratios are decimal texts, null = not known. */
export type ForecastReport = {
  readonly from: string;
  readonly to: string;
  readonly totals: {
    readonly items: number;
    readonly wape: string | null;
    readonly bias: string | null;
    readonly coverage: string | null;
    readonly ordered: string | null;
  };
  readonly items: readonly ForecastItem[];
};

export type ForecastItem = {
  readonly item: string;
  readonly name: Name | string;
  readonly unit: string;
  readonly days: number;
  readonly used: string;
  readonly forecast: string;
  readonly wape: string | null;
  /** (forecast - used) / used. */
  readonly bias: string | null;
  /** Share of the days within the interval. */
  readonly coverage: string | null;
  readonly method: string | null;
  readonly orderedWape: string | null;
  /** Day by day, the oldest first. */
  readonly series?: readonly {
    readonly date: string;
    readonly used: string;
    readonly forecast: string;
  }[];
};
