/** Routes of the recipe book as files. */
import { z } from 'zod';
import { inPath, passHeader, type Route, read } from './api-route.ts';
import { bookFileTakenSchema, bookModifiersSchema } from './api-state.ts';

const fileName = inPath('name', 'its ending says what it is', '扩展名说明类型', 'items.xlsx');

export const BOOK_FILE_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/api/v1/book/files/{name}',
    tag: 'book',
    auth: 'device',
    summary: {
      en: 'A book, or tables of it, from a file: YAML, JSON, CSV, Excel',
      zh: '从文件导入配方册或其表格:YAML、JSON、CSV、Excel',
    },
    detail: {
      en: 'Tables are merged into the book in force. All mistakes are listed at once, each with row, column and remedy, and then nothing changes.',
      zh: '表格会并入当前配方册。一次列出全部错误(行、列与改法),且不做任何更改。',
    },
    parameters: [
      fileName,
      {
        name: 'dryRun',
        in: 'query',
        schema: { type: 'string', enum: ['1', 'true'] },
        words: { en: 'say what it would change; nothing does', zh: '仅预览将更改的内容' },
      },
      {
        name: 'kind',
        in: 'query',
        schema: { type: 'string', enum: ['items', 'recipes', 'suppliers'] },
        words: {
          en: 'what a table holds; default: judged by its header',
          zh: '表格类型;默认按表头判断',
        },
      },
      passHeader,
    ],
    request: {
      types: ['application/octet-stream'],
      schema: z.unknown().meta({ description: 'the bytes of the file' }),
      examples: { table: 'id,name_zh,unit\nleek,大葱,g\n' },
    },
    answer: {
      status: 200,
      type: 'application/json',
      schema: bookFileTakenSchema,
      words: { en: 'adopted, or what would be', zh: '已启用,或将启用的内容' },
    },
    problems: [
      'unauthorized',
      'forbidden',
      'pin_needed',
      'bad_file',
      'bad_book',
      'not_adopted',
      'too_large',
    ],
  },
  read(
    'book',
    '/api/v1/book/files/{name}',
    {
      en: 'The book in force as book.yaml, book.json, tables.xlsx, items.csv, recipes.csv or suppliers.csv; empty tables while there is none',
      zh: '当前配方册:book.yaml、book.json、tables.xlsx、items.csv、recipes.csv 或 suppliers.csv;尚无配方册时为空白模板',
    },
    undefined,
    {
      parameters: [fileName],
      problems: ['no_book', 'not_found'],
      type: 'application/octet-stream',
    },
  ),
  read(
    'book',
    '/api/v1/book/modifiers',
    { en: 'The modifiers of the book with their names', zh: '配方册中的做法/加料及名称' },
    bookModifiersSchema,
  ),
];
