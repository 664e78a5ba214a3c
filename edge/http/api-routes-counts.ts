/** Routes about counts, and the reports. */
import type { z } from 'zod';
import type { Words } from '#recipes/contracts/command.ts';
import {
  countListSchema,
  countSchema,
  countsSchema,
  wasteReportSchema,
  yieldReportSchema,
} from './api-counts.ts';
import {
  COUNT_EXAMPLE,
  COUNT_LIST_EXAMPLE,
  COUNTS_EXAMPLE,
  WASTE_EXAMPLE,
  YIELD_EXAMPLE,
} from './api-counts-examples.ts';
import { inPath, limit, type Parameter, type Route, read } from './api-route.ts';
import { forecastReportSchema } from './api-suggestions.ts';
import { FORECAST_REPORT_EXAMPLE } from './api-suggestions-examples.ts';

const day = (name: string, en: string, zh: string): Parameter => ({
  name,
  in: 'query',
  schema: { type: 'string', format: 'date' },
  words: { en, zh },
  example: '2026-11-22',
});
const DAYS = [
  day('from', 'first business day; default: to', '起始营业日(含);默认同 to'),
  day('to', 'last business day; default: today', '截止营业日(含);默认今天'),
];

/** A report as JSON, as CSV of its first table, and as a workbook of all. */
function report(name: string, words: Words, schema: z.ZodType, example: unknown): Route[] {
  const path = `/api/v1/reports/${name}`;
  const more = { parameters: DAYS, problems: ['bad_date'] } as const;
  const as = (form: string): Words => ({
    en: `${words.en}, as ${form}`,
    zh: `${words.zh}(${form})`,
  });
  return [
    read('reports', path, words, schema, { ...more, example }),
    read('reports', `${path}.csv`, as('CSV'), undefined, { ...more, type: 'text/csv' }),
    read('reports', `${path}.xlsx`, as('Excel'), undefined, {
      ...more,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    }),
  ];
}

export const COUNT_ROUTES: readonly Route[] = [
  read(
    'kitchen',
    '/api/v1/counts',
    { en: 'Counts, newest first', zh: '盘点(最新在前)' },
    countsSchema,
    {
      parameters: [
        {
          name: 'open',
          in: 'query',
          schema: { type: 'string', enum: ['1'] },
          words: { en: 'only with something that is not posted', zh: '仅含未过账的' },
        },
      ],
      example: COUNTS_EXAMPLE,
    },
  ),
  read(
    'kitchen',
    '/api/v1/counts/{count}',
    {
      en: 'A count with every observation; the book is shown after the post, or to a manager',
      zh: '一次盘点及其全部记录;账面在过账后或对店长显示',
    },
    countSchema,
    {
      parameters: [inPath('count', 'as in count.observe', '与 count.observe 相同', 'C-1122')],
      problems: ['unknown_count'],
      example: COUNT_EXAMPLE,
    },
  ),
  read(
    'kitchen',
    '/api/v1/count-list',
    {
      en: 'What is worth counting now: unit cost × how uncertain the book is',
      zh: '建议盘点:单位成本 × 账面不确定量',
    },
    countListSchema,
    {
      parameters: [
        limit(500, 5),
        { name: 'place', in: 'query', words: { en: 'only this station', zh: '仅此货位' } },
      ],
      example: COUNT_LIST_EXAMPLE,
    },
  ),
  ...report(
    'waste',
    {
      en: 'Waste by item, reason, station, part of the day and person',
      zh: '报损:按物料、原因、工位、时段、人员',
    },
    wasteReportSchema,
    WASTE_EXAMPLE,
  ),
  ...report(
    'yield',
    { en: 'Trims and batches against their standard', zh: '出成率:修割与备料对照标准' },
    yieldReportSchema,
    YIELD_EXAMPLE,
  ),
  ...report(
    'forecast',
    {
      en: 'How good the forecast was, next to what was ordered',
      zh: '预测准确度,对照人工订货',
    },
    forecastReportSchema,
    FORECAST_REPORT_EXAMPLE,
  ),
];
