/** Routes of printing. */
import type { z } from 'zod';
import type { Words } from '#recipes/contracts/command.ts';
import {
  papersSchema,
  printedSchema,
  printerRemovedSchema,
  printerSetSchema,
  printersSchema,
  printJobsSchema,
} from './api-print.ts';
import {
  PRINT_EXAMPLES,
  PRINT_JOBS_EXAMPLE,
  PRINTED_EXAMPLE,
  PRINTER_BODY_EXAMPLE,
  PRINTER_SET_EXAMPLE,
  PRINTERS_EXAMPLE,
} from './api-print-examples.ts';
import type { ProblemCode } from './api-problems.ts';
import { inPath, limit, type Parameter, passHeader, type Route, read } from './api-route.ts';
import {
  confirmBodySchema,
  moveBodySchema,
  nothingBodySchema,
  printBodySchema,
  printerBodySchema,
  reprintBodySchema,
} from './print-routes.ts';

const JSON_TYPE = 'application/json';
const PNG = 'image/png';
const job = inPath('job', 'number of the job', '任务编号', 12);
const printer = inPath('name', 'name of the printer', '打印机名称', 'kitchen');

const STEP_PROBLEMS: readonly ProblemCode[] = [
  'unauthorized',
  'forbidden',
  'bad_body',
  'unknown_job',
  'not_printed',
];

export const PRINT_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/api/v1/print',
    tag: 'print',
    auth: 'device',
    summary: { en: 'Print a slip', zh: '打印单据' },
    detail: {
      en: 'The job is on disk when this answers, with the data as they are now; printing follows. The same id again prints nothing more.',
      zh: '应答时任务及其当前数据已写盘,随后打印。相同 id 重发不会重复打印。',
    },
    request: {
      types: [JSON_TYPE],
      schema: printBodySchema.meta({ id: 'PrintWish' }),
      examples: PRINT_EXAMPLES,
    },
    answer: {
      status: 202,
      type: JSON_TYPE,
      schema: printedSchema,
      example: PRINTED_EXAMPLE,
      words: { en: 'the job that waits now', zh: '已排队的任务' },
    },
    problems: ['unauthorized', 'forbidden', 'bad_body', 'not_printed'],
  },
  read(
    'print',
    '/api/v1/print/jobs',
    { en: 'Print jobs, newest first', zh: '打印任务(新的在前)' },
    printJobsSchema,
    {
      parameters: [
        {
          name: 'state',
          in: 'query',
          schema: { type: 'string', enum: ['open', 'all'], default: 'open' },
          words: { en: 'open ones and those that failed, or all', zh: '未完成与失败的,或全部' },
        },
        limit(500, 50),
      ],
      problems: ['bad_query'],
      example: PRINT_JOBS_EXAMPLE,
    },
  ),
  read(
    'print',
    '/api/v1/print/preview',
    { en: 'The paper without printing it', zh: '预览单据(不打印)' },
    undefined,
    { parameters: previewParameters(), problems: ['bad_query', 'not_printed'], type: PNG },
  ),
  read(
    'print',
    '/api/v1/print/jobs/{job}.png',
    { en: 'The paper of a job', zh: '任务的单据图像' },
    undefined,
    { parameters: [job], problems: ['unknown_job'], type: PNG },
  ),
  step(
    'retry',
    nothingBodySchema,
    {},
    { en: 'Print it now', zh: '立即打印' },
    {
      en: 'What may be on paper already says REPRINT.',
      zh: '可能已打印过的会注明“重打 REPRINT”。',
    },
  ),
  step('cancel', nothingBodySchema, {}, { en: 'Nobody wants it any more', zh: '取消打印' }),
  step(
    'move',
    moveBodySchema.meta({ id: 'PrintMove' }),
    { printer: 'bar' },
    {
      en: 'Print it elsewhere',
      zh: '改用其他打印机',
    },
    {
      en: 'Laid out anew for the columns of that printer, from the same data.',
      zh: '以相同数据按该打印机的宽度重新排版。',
    },
  ),
  step(
    'reprint',
    reprintBodySchema.meta({ id: 'PrintAgain' }),
    { copies: 1 },
    {
      en: 'Another copy of what was printed; it says REPRINT',
      zh: '再打一份(注明重打)',
    },
  ),
  step(
    'confirm',
    confirmBodySchema.meta({ id: 'PrintSeen' }),
    { printed: true },
    {
      en: 'A person looked: it came out, or it did not and is printed again',
      zh: '人工确认:已打印出来,或未打印出来并重打',
    },
  ),
  read(
    'print',
    '/api/v1/printers',
    { en: 'Printers and how they are', zh: '打印机及其状态' },
    printersSchema,
    { example: PRINTERS_EXAMPLE },
  ),
  {
    method: 'put',
    path: '/api/v1/printers/{name}',
    tag: 'print',
    auth: 'device',
    summary: { en: 'Set a printer up', zh: '设置打印机' },
    parameters: [printer, passHeader],
    request: {
      types: [JSON_TYPE],
      schema: printerBodySchema.meta({ id: 'PrinterWish' }),
      examples: { network: PRINTER_BODY_EXAMPLE, screen: { url: 'virtual:bar', columns: 32 } },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: printerSetSchema,
      example: PRINTER_SET_EXAMPLE,
      words: { en: 'the printer as it is set up now', zh: '打印机当前设置' },
    },
    problems: ['unauthorized', 'forbidden', 'pin_needed', 'bad_body', 'not_printed'],
  },
  {
    method: 'delete',
    path: '/api/v1/printers/{name}',
    tag: 'print',
    auth: 'device',
    summary: { en: 'Take a printer away', zh: '移除打印机' },
    parameters: [printer, passHeader],
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: printerRemovedSchema,
      example: { removed: 'kitchen' },
      words: {
        en: 'what waited for it has failed and can be moved',
        zh: '其等待中的任务转为失败,可改用其他打印机',
      },
    },
    problems: ['unauthorized', 'forbidden', 'pin_needed', 'not_printed'],
  },
  read(
    'print',
    '/api/v1/printers/{name}/papers',
    { en: 'Papers of a virtual printer', zh: '虚拟打印机的单据' },
    papersSchema,
    { parameters: [printer], problems: ['unknown_paper'], example: { papers: [2, 1] } },
  ),
  read(
    'print',
    '/api/v1/printers/{name}/papers/{n}.png',
    { en: 'One of them as it looks', zh: '单据图像' },
    undefined,
    {
      parameters: [printer, inPath('n', 'number of the paper', '单据编号', 1)],
      problems: ['unknown_paper'],
      type: PNG,
    },
  ),
];

function step(
  name: string,
  schema: z.ZodType,
  example: object,
  summary: Words,
  detail?: Words,
): Route {
  return {
    method: 'post',
    path: `/api/v1/print/jobs/{job}/${name}`,
    tag: 'print',
    auth: 'device',
    summary,
    ...(detail ? { detail } : {}),
    parameters: [job],
    request: { types: [JSON_TYPE], schema, examples: { usual: example } },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: printedSchema,
      example: PRINTED_EXAMPLE,
      words: { en: 'the job as it is now', zh: '任务当前状态' },
    },
    problems: STEP_PROBLEMS,
  };
}

function previewParameters(): Parameter[] {
  const one = (name: string, en: string, zh: string, example?: string): Parameter => ({
    name,
    in: 'query',
    words: { en, zh },
    ...(example === undefined ? {} : { example }),
  });
  return [
    {
      ...one('what', 'as in POST /print, with its fields', '同 POST /print 及其参数', 'waste'),
      required: true,
    },
    one('for', 'suggestion: for this delivery day', '采购建议:到货日'),
    one('order', 'order: its number', '订单:编号'),
    one('item', 'label: the item', '标签:物料'),
    one('lot', 'label: the lot', '标签:批次'),
    one('label', 'label: prep, expiry or offcut', '标签:prep、expiry 或 offcut'),
    one('day', 'waste: the business day', '报损:营业日'),
    one('printer', 'self-test: of this printer', '自检:打印机'),
    one('columns', '48 or 32; default: 48', '48 或 32;默认 48', '48'),
    one('language', 'zh or en; default: zh', 'zh 或 en;默认 zh', 'zh'),
  ];
}
