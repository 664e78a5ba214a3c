/** What people say of days, and of what was used before Larder came: what the forecast reads beside the moves. */
import { z } from 'zod';
import { amountSchema } from './kitchen-command.ts';
import { dateSchema, idSchema } from './pos-event.ts';

export const DAY_NOTE_KINDS = ['closed', 'half', 'event', 'promotion', 'weather'] as const;
export type DayNoteKind = (typeof DAY_NOTE_KINDS)[number];

/** Days that one note may span. */
export const NOTE_DAYS_MAX = 366;
/** Amounts (item × day) that one import may carry; a longer history comes in several. */
export const IMPORT_AMOUNTS_MAX = 20_000;

const noteSchema = z.strictObject({
  id: idSchema.optional().meta({ description: 'of a note that is to be changed; else a new one' }),
  from: dateSchema,
  to: dateSchema.optional().meta({ description: 'last business day; default: from' }),
  kind: z.enum(DAY_NOTE_KINDS),
  value: z
    .string()
    .regex(/^-?\d{1,6}(\.\d{1,6})?$/)
    .optional()
    .meta({
      description:
        'event: factor on the demand ("1.2" = +20 %), default what this reason came to before; half: share of the ' +
        'day that is open, default "0.5"; promotion: its strength, default "1"; weather: a number, the same scale always',
    }),
  reason: z.string().trim().min(1).max(100).optional().meta({
    description: 'days of the same reason are alike: "party", "concert"',
  }),
});
export type DayNoteData = z.infer<typeof noteSchema>;

const forgetSchema = z.strictObject({ note: idSchema });
export type DayForget = z.infer<typeof forgetSchema>;

const importSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        item: idSchema,
        days: z.record(dateSchema, amountSchema).meta({
          description: 'business day to all that was used on it, in what is made ahead, too',
        }),
      }),
    )
    .min(1)
    .max(2_000),
  note: z.string().max(200).optional().meta({ description: 'where the numbers come from' }),
});
export type UsageImport = z.infer<typeof importSchema>;

/** Command kind -> schema of its data. */
export const dayCommandSchemas = {
  'day.note': noteSchema,
  'day.forget': forgetSchema,
  'usage.import': importSchema,
} as const;
