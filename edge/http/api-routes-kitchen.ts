/** Routes that the kitchen's screens read. */
import {
  entriesSchema,
  labelSchema,
  prepSchema,
  recipesSchema,
  simulationSchema,
  tilesSchema,
} from './api-kitchen.ts';
import {
  ENTRIES_EXAMPLE,
  LABEL_EXAMPLE,
  PREP_EXAMPLE,
  RECIPES_EXAMPLE,
  SIMULATION_EXAMPLE,
  TILES_EXAMPLE,
} from './api-kitchen-examples.ts';
import { inPath, limit, type Route, read } from './api-route.ts';
import { simulateSchema } from './recipe-routes.ts';

const JSON_TYPE = 'application/json';

export const KITCHEN_ROUTES: readonly Route[] = [
  read(
    'kitchen',
    '/api/v1/entries',
    { en: 'What happened, newest first, and whether it can be undone', zh: '最近操作及能否撤销' },
    entriesSchema,
    {
      parameters: [
        {
          name: 'kinds',
          in: 'query',
          words: {
            en: 'kitchen, or kinds with commas; without it all',
            zh: 'kitchen 或以逗号分隔的类型;省略为全部',
          },
          example: 'kitchen',
        },
        { name: 'actor', in: 'query', words: { en: 'only of this person', zh: '仅此人' } },
        {
          name: 'me',
          in: 'query',
          words: {
            en: 'who asks: their own entries need no manager',
            zh: '当前操作人:本人的记录无需店长',
          },
        },
        {
          name: 'before',
          in: 'query',
          schema: { type: 'integer', minimum: 1 },
          words: { en: 'only before this seq', zh: '仅此序号之前' },
        },
        limit(500, 20),
      ],
      problems: ['bad_query'],
      example: ENTRIES_EXAMPLE,
    },
  ),
  read(
    'kitchen',
    '/api/v1/tiles',
    { en: 'What is usually logged at this time of day', zh: '本时段常用的物料与数量' },
    tilesSchema,
    {
      parameters: [
        {
          name: 'screen',
          in: 'query',
          schema: { type: 'string', enum: ['waste', 'trim'], default: 'waste' },
          words: { en: 'for which screen', zh: '页面' },
        },
        { name: 'station', in: 'query', words: { en: 'at this station first', zh: '本工位优先' } },
      ],
      problems: ['bad_query'],
      example: TILES_EXAMPLE,
    },
  ),
  read(
    'kitchen',
    '/api/v1/prep',
    { en: "Today's list of what is made ahead, with the reasons", zh: '今日备料清单及理由' },
    prepSchema,
    { example: PREP_EXAMPLE },
  ),
  read(
    'kitchen',
    '/api/v1/labels/{item}/{lot}',
    { en: 'What the label of a lot says', zh: '批次标签的内容' },
    labelSchema,
    {
      parameters: [
        inPath('item', 'item id of the book', '物料编号', 'pork-belly'),
        inPath('lot', 'code of the lot', '批次编号', 'B-77'),
      ],
      problems: ['unknown_lot'],
      example: LABEL_EXAMPLE,
    },
  ),
  read(
    'book',
    '/api/v1/recipes',
    { en: 'Recipes with what they cost now, and coverage', zh: '配方、当前成本与覆盖率' },
    recipesSchema,
    { example: RECIPES_EXAMPLE },
  ),
  {
    method: 'post',
    path: '/api/v1/recipes/{id}/simulate',
    tag: 'book',
    auth: 'device',
    summary: { en: 'What selling this would take now', zh: '模拟销售:将扣减什么' },
    detail: {
      en: 'Exactly what a sale with these modifiers and this channel takes by the book in force. What is made ahead and never sold by itself is simulated as a batch.',
      zh: '与当前配方册下带这些做法和渠道的销售完全一致;仅作预制的半成品按批次模拟。',
    },
    parameters: [inPath('id', 'recipe id of the book', '配方编号', 'braised-pork-rice')],
    request: {
      types: [JSON_TYPE],
      schema: simulateSchema,
      examples: { large: { qty: 2, modifiers: [{ sku: 'M3' }], channel: 'takeaway' } },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: simulationSchema,
      example: SIMULATION_EXAMPLE,
      words: { en: 'what it would take', zh: '将扣减的物料' },
    },
    problems: ['unauthorized', 'forbidden', 'bad_query', 'unknown_recipe', 'unknown_modifier'],
  },
];
