/** The page's own words in both languages. */

const EN = {
  lang: 'en',
  title: 'Larder: interfaces',
  lead: 'Everything a POS, a script or a tablet can rely on. Made by this box from the schemas it checks with.',
  start: 'Start here',
  startWords:
    'The token and the password of terminal T1 are in secrets.json of the data folder. Put them into two variables, then sell two portions.',
  overHttp: 'Over HTTP',
  overMqtt: 'Over MQTT, on a terminal of the box',
  listen: 'Listen to what the box says',
  again: 'Send the same again: the answer is duplicate, and nothing leaves stock a second time.',
  statuses: 'What an event comes to',
  http: 'HTTP',
  mqtt: 'MQTT',
  commands: 'Commands',
  commandsWords:
    'Each goes into POST /api/v1/commands. Amounts as in the book: "2 pack", "4.2 kg", or a bare number in the base unit.',
  reasons: 'Reason codes',
  reasonsWords: 'Why an event is not simply applied; in reasons of its result.',
  problems: 'Problem codes',
  problemsWords: 'code of a problem (RFC 9457), or of a rejected command.',
  schemas: 'Schemas',
  schemasWords: 'Generated from the schemas that the box itself validates with.',
  documents: 'For machines',
  field: 'field',
  type: 'type',
  required: 'required',
  or: 'or',
  request: 'You send',
  answer: 'You get',
  parameters: 'parameters',
  name: 'name',
  meaning: 'meaning',
  may: {
    none: 'no token',
    terminal: 'terminal or admin',
    device: 'tablet or admin',
    admin: 'admin',
  },
  writes: { receive: 'the POS writes', send: 'the box writes' },
  retained: 'retained',
  example: 'example',
  status: 'status',
  code: 'code',
  inCommand: 'command',
} as const;

type Shape<T> = T extends string ? string : { readonly [K in keyof T]: Shape<T[K]> };
export type Say = Shape<typeof EN>;

const ZH: Say = {
  lang: 'zh',
  title: 'Larder 接口文档',
  lead: '收银系统、脚本与平板可以依赖的全部接口。由本主机根据自身校验所用的结构生成。',
  start: '从这里开始',
  startWords: '令牌和终端 T1 的密码在数据目录的 secrets.json 中。先存入两个变量，再卖出两份。',
  overHttp: '通过 HTTP',
  overMqtt: '通过 MQTT(在主机的终端中)',
  listen: '接收主机的消息',
  again: '原样再发一次：结果为 duplicate，库存不会再次扣减。',
  statuses: '事件的处理结果',
  http: 'HTTP 接口',
  mqtt: 'MQTT 主题',
  commands: '命令',
  commandsWords:
    '均通过 POST /api/v1/commands 提交。数量写法同配方册:"2 pack"、"4.2 kg"，或以基本单位计的数字。',
  reasons: '原因代码',
  reasonsWords: '事件未直接入账的原因，见结果中的 reasons。',
  problems: '错误代码',
  problemsWords: '错误应答（RFC 9457）或被拒绝命令的 code。',
  schemas: '数据结构',
  schemasWords: '由主机自身校验所用的结构生成。',
  documents: '机器可读文档',
  field: '字段',
  type: '类型',
  required: '必填',
  or: '或',
  request: '发送',
  answer: '返回',
  parameters: '参数',
  name: '名称',
  meaning: '含义',
  may: { none: '无需令牌', terminal: '终端或管理员', device: '平板或管理员', admin: '管理员' },
  writes: { receive: '收银端发送', send: '主机发送' },
  retained: '保留消息',
  example: '示例',
  status: '状态',
  code: '代码',
  inCommand: '命令',
};

export type Language = 'zh' | 'en';

export function wordsOf(language: Language): Say {
  return language === 'zh' ? ZH : EN;
}

/** What the statuses of an event mean. */
export const STATUS_WORDS = {
  applied: { en: 'All lines left stock.', zh: '所有行均已扣减库存。' },
  partial: {
    en: 'Known lines left stock; the others wait and post by themselves once they are mapped.',
    zh: '已知的行已扣减；其余等待匹配，匹配后自动入账。',
  },
  held: {
    en: 'Nothing could be posted yet (unknown dish, a void before its sale): kept, visible, retried.',
    zh: '暂时无法入账（未知菜品、作废早于销售）：已保留、可见、会重试。',
  },
  duplicate: {
    en: 'Stored before with the same content: no effect, the first result again.',
    zh: '此前已存有相同内容：不再生效，返回首次结果。',
  },
  conflict: {
    en: 'Stored before with other content: the first counts, this one waits for a person.',
    zh: '此前已存有不同内容：以先到的为准，此条等待人工处理。',
  },
  quarantined: {
    en: 'Not understood: the bytes are kept with the reason, and can be replayed.',
    zh: '无法识别：原文与原因均已保留，可重放。',
  },
} as const;
