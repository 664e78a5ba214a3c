/** Reports of head office. */
import type { Name, StockState } from '../api-types.ts';

/** A sum of a report, with what it leads to. */
export type ReportSum = {
  readonly store?: string;
  readonly reason?: string;
  readonly cost?: string | null;
  readonly value?: string | null;
  readonly entries?: number;
  readonly items?: number;
  readonly low?: number;
  readonly out?: number;
};

/** A row of any report: figures are decimal text, null where nothing is known. */
export type ReportRow = {
  readonly store: string;
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  readonly currency: string;
  /** Address of the entries behind it. */
  readonly query: string;
  readonly reason?: string;
  readonly state?: StockState;
  readonly [figure: string]: unknown;
};

export type ReportAnswer = {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly ReportRow[];
  readonly totals: {
    readonly waste?: string | null;
    readonly avoidable?: string | null;
    readonly avoidableShare?: string | null;
    readonly variance?: string | null;
    readonly value?: string | null;
    readonly byStore?: readonly ReportSum[];
    readonly byReason?: readonly ReportSum[];
  };
};
