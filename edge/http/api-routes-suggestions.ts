/** Routes about what to order: the suggestion, and what people noted of days. */
import { type Parameter, type Route, read } from './api-route.ts';
import { dayNotesSchema, suggestionSchema } from './api-suggestions.ts';
import { DAY_NOTES_EXAMPLE, SUGGESTION_EXAMPLE } from './api-suggestions-examples.ts';

const day = (name: string, en: string, zh: string): Parameter => ({
  name,
  in: 'query',
  schema: { type: 'string', format: 'date' },
  words: { en, zh },
  example: '2026-11-23',
});

export const SUGGESTION_ROUTES: readonly Route[] = [
  read(
    'kitchen',
    '/api/v1/suggestions',
    {
      en: 'What to order for a delivery day, each line with its whole sum',
      zh: '某到货日的采购建议,每行附完整算式',
    },
    suggestionSchema,
    {
      parameters: [day('for', 'delivery day; default: the next one', '到货日;默认最近一次到货')],
      problems: ['bad_date', 'no_book'],
      example: SUGGESTION_EXAMPLE,
    },
  ),
  read(
    'kitchen',
    '/api/v1/day-notes',
    {
      en: 'What people noted of days, and what events of each reason come to',
      zh: '营业日备注,以及各类活动的系数',
    },
    dayNotesSchema,
    {
      parameters: [
        day('from', 'first business day; default: all', '起始营业日(含);默认全部'),
        day('to', 'last business day; default: all', '截止营业日(含);默认全部'),
      ],
      problems: ['bad_date'],
      example: DAY_NOTES_EXAMPLE,
    },
  ),
];
