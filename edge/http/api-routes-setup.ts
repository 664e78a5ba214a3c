/** Routes of the first set-up, and of the scale. */
import { z } from 'zod';
import { bookCountSchema, restoredSchema, setupSchema } from './api-people.ts';
import { type Route, read } from './api-route.ts';
import { weightSchema } from './scale-routes.ts';

const JSON_TYPE = 'application/json';
const weight = { scale: '1', grams: '620', stable: true };

export const SETUP_ROUTES: readonly Route[] = [
  read('setup', '/api/v1/setup', { en: 'What is set up already', zh: '设置进度' }, setupSchema),
  {
    method: 'post',
    path: '/api/v1/setup/demo',
    tag: 'setup',
    auth: 'admin',
    summary: { en: 'Stock the sample restaurant', zh: '载入演示餐厅' },
    detail: {
      en: 'Adopts its recipe book and opening stock. Only while no other book is in force; again does nothing.',
      zh: '启用其配方册与期初库存。仅在没有其他配方册时可用;重复调用无效果。',
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: z.strictObject({ book: bookCountSchema }).meta({ id: 'SampleStocked' }),
      example: { book: { items: 138, recipes: 61 } },
      words: { en: 'what is in force now', zh: '当前生效内容' },
    },
    problems: ['unauthorized', 'forbidden', 'not_new'],
  },
  {
    method: 'post',
    path: '/api/v1/setup/restore',
    tag: 'setup',
    auth: 'admin',
    summary: { en: 'Begin with a backup of another box', zh: '从备份恢复' },
    detail: {
      en: 'The body is the file that larder backup wrote. Only while no sale has been accepted. The box ends and starts again on it within seconds, under the same address; what it had is kept beside.',
      zh: '请求体为 larder backup 生成的文件。仅在尚未接收销售时可用。主机会在数秒内以相同地址重新启动;原数据库另存保留。',
    },
    request: {
      types: ['application/octet-stream'],
      schema: z.unknown().meta({ description: 'the bytes of the backup' }),
      examples: {},
    },
    answer: {
      status: 202,
      type: JSON_TYPE,
      schema: restoredSchema,
      example: { seq: 1204, events: 950, incarnation: '5b1f6a0c9d2e4f7781a3b2c4d5e6f708' },
      words: { en: 'good; the box starts again now', zh: '备份完好,主机即将重启' },
    },
    problems: ['unauthorized', 'forbidden', 'not_new', 'busy', 'bad_backup', 'too_large'],
  },
  {
    method: 'post',
    path: '/api/v1/scale',
    tag: 'system',
    auth: 'device',
    summary: { en: 'Say what lies on a scale', zh: '上报秤的读数' },
    detail: {
      en: 'Goes to every open stream as the event `scale`, is kept for 5 s for those that open then, and is stored nowhere.',
      zh: '以 scale 事件推送到所有打开的流,为新打开的流保留 5 秒,不做存储。',
    },
    request: { types: [JSON_TYPE], schema: weightSchema, examples: { usual: weight } },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: weightSchema,
      example: weight,
      words: { en: 'what was passed on', zh: '已转发的读数' },
    },
    problems: ['unauthorized', 'forbidden', 'bad_body'],
  },
];
