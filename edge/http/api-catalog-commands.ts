/** Commands about the book of head office: examples, and why they are refused. */
import type { Words } from '#recipes/contracts/command.ts';

/** `data` of one command of each kind. */
export const CATALOG_COMMAND_EXAMPLES = {
  'book.override': {
    items: [{ id: 'pork-belly', stock: { par: '30 kg', safety: '8 kg' }, station: 'wok' }],
    recipes: [{ id: 'braised-pork-rice', price: '42.00' }],
    suppliers: [{ id: 'market', cutOff: '20:00', items: [{ item: 'pork-belly', price: '39.50' }] }],
  },
  'book.rollback': { to: 3 },
  'hq.trust': { key: 'MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
} as const;

/** Codes of rejected commands. */
export const CATALOG_REFUSALS = {
  override_empty: {
    en: 'The command names nothing that is different here.',
    zh: '命令未指明任何本店差异。',
  },
  own_book: {
    en: 'The book in force does not come from head office; change the book itself.',
    zh: '当前配方册并非总部下发;请直接修改配方册。',
  },
  unknown_in_book: {
    en: 'The book of head office does not have what is named.',
    zh: '总部配方册中没有所指内容。',
  },
  bad_override: {
    en: 'With what is different here the book would be wrong; data.problems says where.',
    zh: '合并本店差异后配方册有误;位置见 data.problems。',
  },
  unknown_version: {
    en: 'This box never had a book of this number. GET /books lists them.',
    zh: '本机没有该版本的配方册。请查看 GET /books。',
  },
} as const satisfies Readonly<Record<string, Words>>;
