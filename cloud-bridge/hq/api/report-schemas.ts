/** What the reports answer; amounts and money are decimal text, `query` leads to the entries behind a row. */
import { z } from 'zod';

const name = z.object({ zh: z.string().optional(), en: z.string().optional() });
const money = z.string().nullable();
const common = {
  store: z.string(),
  item: z.string(),
  name,
  unit: z.string(),
  currency: z.string(),
  query: z.string(),
};

function report(id: string, row: z.ZodType, totals: z.ZodType) {
  return z.object({ from: z.string(), to: z.string(), rows: z.array(row), totals }).meta({ id });
}

const costs = z.array(z.object({ store: z.string(), cost: money, entries: z.int() }));

/** By the name of the report. */
export const REPORT_SCHEMAS = {
  waste: report(
    'WasteReport',
    z.object({
      ...common,
      reason: z.string(),
      avoidable: z.boolean(),
      amount: z.string(),
      cost: money,
      entries: z.int(),
    }),
    z.object({
      waste: money,
      avoidable: money,
      avoidableShare: z.string().nullable(),
      byStore: costs,
      byReason: z.array(
        z.object({ reason: z.string(), avoidable: z.boolean(), cost: money, entries: z.int() }),
      ),
    }),
  ),
  usage: report(
    'UsageReport',
    z.object({
      ...common,
      sold: z.string(),
      waste: z.string(),
      trim: z.string(),
      comp: z.string(),
      staff: z.string(),
      production: z.string(),
      value: money,
    }),
    z.object({
      value: money,
      byItem: z.array(z.object({ item: z.string(), name, unit: z.string(), sold: z.string() })),
    }),
  ),
  variance: report(
    'VarianceReport',
    z.object({
      ...common,
      counts: z.int(),
      theoretical: z.string(),
      counted: z.string(),
      variance: z.string(),
      cost: money,
      sold: z.string(),
      share: z.string().nullable(),
    }),
    z.object({
      variance: money,
      byStore: z.array(z.object({ store: z.string(), cost: money })),
    }),
  ),
  stock: report(
    'StockReport',
    z.object({
      ...common,
      category: z.string().nullable(),
      onHand: z.string(),
      state: z.enum(['ok', 'low', 'out', 'over']),
      par: z.string().nullable(),
      value: money,
    }),
    z.object({
      value: money,
      byStore: z.array(
        z.object({
          store: z.string(),
          items: z.int(),
          low: z.int(),
          out: z.int(),
          value: money,
        }),
      ),
    }),
  ),
} as const;
export type ReportName = keyof typeof REPORT_SCHEMAS;
