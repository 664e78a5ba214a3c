/** Routes of reports and exports: each as JSON, CSV and Excel. */
import { FORMATS, type Format } from '../reports/tables.ts';
import { DAYS } from './board-rows.ts';
import { REPORT_SCHEMAS, type ReportName } from './report-schemas.ts';
import { type HqRoute, inQuery } from './route.ts';

const stores = inQuery('store', 'only these stores, with commas', '仅这些门店，以逗号分隔', {
  example: 'demo',
});

const TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const REPORTS: Readonly<Record<ReportName, { en: string; zh: string }>> = {
  waste: { en: 'Waste by store, reason and item', zh: '报损（按门店、原因、物料）' },
  usage: { en: 'What was sold and used, by store and item', zh: '用量（按门店、物料）' },
  variance: { en: 'Theoretical against counted, by store and item', zh: '盘点差异（理论与实盘）' },
  stock: { en: 'What lies in every store, and its worth', zh: '库存与价值' },
};

const EXPORTS: Readonly<Record<string, { en: string; zh: string }>> = {
  entries: { en: 'Every entry', zh: '全部记录' },
  stock: { en: 'Every item in every store', zh: '各门店全部物料' },
  waste: { en: 'Every wasted item', zh: '全部报损明细' },
  orders: { en: 'Every order line', zh: '全部订单明细' },
};

function rowOf(path: string, summary: HqRoute['summary'], format: Format): HqRoute {
  return {
    method: 'get',
    path,
    tag: 'reports',
    auth: path.includes('/reports/') ? 'wall' : 'read',
    summary,
    parameters: [stores, ...DAYS],
    answer: { status: 200, type: TYPES[format] },
    problems: ['unknown_store', 'bad_date', ...(format === 'xlsx' ? ['too_many_rows'] : [])],
  };
}

export const REPORT_ROWS: readonly HqRoute[] = [
  ...Object.entries(REPORTS).flatMap(([name, summary]) =>
    FORMATS.map((format) => {
      const row = rowOf(
        `/hq/v1/reports/${name}${format === 'json' ? '' : `.${format}`}`,
        summary,
        format,
      );
      if (format !== 'json') return row;
      return { ...row, answer: { ...row.answer, schema: REPORT_SCHEMAS[name as ReportName] } };
    }),
  ),
  ...Object.entries(EXPORTS).flatMap(([name, summary]) =>
    FORMATS.map((format) => rowOf(`/hq/v1/export/${name}.${format}`, summary, format)),
  ),
];
