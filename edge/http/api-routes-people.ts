/** Routes about people and tablets. */
import {
  devicesSchema,
  pairedSchema,
  pairingOfferSchema,
  passEndedSchema,
  passSchema,
  peopleSchema,
} from './api-people.ts';
import { passHeader, type Route, read } from './api-route.ts';
import { codeSchema, pairingSchema, proofSchema } from './people-routes.ts';

const JSON_TYPE = 'application/json';
const at = '2026-11-22T04:41:07.000Z';

export const PEOPLE_ROUTES: readonly Route[] = [
  read('people', '/api/v1/people', { en: 'Who works here', zh: '人员' }, peopleSchema),
  read(
    'people',
    '/api/v1/devices',
    { en: 'The paired tablets', zh: '已配对的平板' },
    devicesSchema,
  ),
  {
    method: 'post',
    path: '/api/v1/passes',
    tag: 'people',
    auth: 'device',
    summary: { en: 'A pass for a PIN or a badge', zh: '用 PIN 或工牌获取授权' },
    detail: {
      en: 'It holds on the tablet where it was asked for, until two minutes pass without use. After 5 wrong ones the tablet waits for 30 s.',
      zh: '仅在请求它的平板上有效,两分钟不用即失效。连续 5 次错误后,该平板需等待 30 秒。',
    },
    request: {
      types: [JSON_TYPE],
      schema: proofSchema.meta({ id: 'Proof' }),
      examples: { pin: { user: 'chen', pin: '4711' }, badge: { badge: 'B-77AF-2290' } },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: passSchema,
      example: {
        pass: '9f3c2e1ab0d44b6f8f1f6d1f0a7c5e21',
        user: 'chen',
        role: 'manager',
        expiresAt: at,
      },
      words: { en: 'whose it is, and how long it holds', zh: '授权人与有效期' },
    },
    problems: ['unauthorized', 'forbidden', 'bad_body', 'wrong_pin', 'say_who', 'too_many_tries'],
  },
  {
    method: 'delete',
    path: '/api/v1/passes',
    tag: 'people',
    auth: 'device',
    summary: { en: 'End the pass that is sent along', zh: '结束所附的授权' },
    parameters: [passHeader],
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: passEndedSchema,
      example: { ended: true },
      words: { en: 'whether there was one', zh: '是否存在该授权' },
    },
    problems: ['unauthorized', 'forbidden'],
  },
  {
    method: 'post',
    path: '/api/v1/pairings',
    tag: 'people',
    auth: 'device',
    summary: { en: 'A code that pairs one tablet', zh: '生成平板配对码' },
    detail: {
      en: 'Good for one tablet, within ten minutes. The address is the one by which this call reached the box.',
      zh: '仅供一台平板使用,十分钟内有效。地址取自本次请求所用的主机地址。',
    },
    parameters: [passHeader],
    request: {
      types: [JSON_TYPE],
      schema: pairingSchema.meta({ id: 'PairingWish' }),
      examples: { cold: { name: '冷菜台', station: 'cold' } },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: pairingOfferSchema,
      example: {
        code: 'K7MX2Q9D',
        url: 'http://192.168.1.20:8080/#pair=K7MX2Q9D',
        expiresAt: at,
      },
      words: {
        en: 'the code, and the address to open on the tablet',
        zh: '配对码及平板应打开的地址',
      },
    },
    problems: ['unauthorized', 'forbidden', 'pin_needed', 'bad_body'],
  },
  {
    method: 'post',
    path: '/api/v1/pair',
    tag: 'people',
    auth: 'none',
    summary: { en: 'Pair this tablet: a token for a code', zh: '配对本平板:用配对码换取令牌' },
    request: {
      types: [JSON_TYPE],
      schema: codeSchema.meta({ id: 'PairingCode' }),
      examples: { code: { code: 'K7MX2Q9D' } },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: pairedSchema,
      example: {
        token: 'c0ffee5d2a…',
        device: 'tablet-1',
        name: '冷菜台',
        station: 'cold',
      },
      words: { en: 'the token of this tablet, said only once', zh: '本平板的令牌,仅显示一次' },
    },
    problems: ['bad_body', 'wrong_code', 'too_many_tries', 'internal'],
  },
];
