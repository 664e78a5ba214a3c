/**
 * Commands: the one way to write, for tablets and scripts. The id is made where the command is born;
 * the same id again has no effect and gets the first answer.
 */
import { z } from 'zod';
import { catalogCommandSchemas } from './catalog-command.ts';
import { dayCommandSchemas } from './day-command.ts';
import { kitchenCommandSchemas } from './kitchen-command.ts';
import { orderCommandSchemas } from './order-command.ts';
import { peopleCommandSchemas } from './people-command.ts';
import { idSchema, instantSchema } from './pos-event.ts';
import { printCommandSchemas } from './print-command.ts';
import { transferCommandSchemas } from './transfer-command.ts';

export const COMMANDS_MAX = 100;

const mapSchema = z.union([
  z.strictObject({ sku: z.string().min(1).max(128), recipe: idSchema }),
  z.strictObject({ sku: z.string().min(1).max(128), ignore: z.literal(true) }),
]);
export type SkuMap = z.infer<typeof mapSchema>;

const eventSchema = z.strictObject({
  event: z.int().min(1).meta({ description: 'arrival number, as in the inbox' }),
});
const dismissSchema = z.union([
  z.strictObject({ event: z.int().min(1), reason: z.string().max(200).optional() }),
  z.strictObject({ conflict: z.int().min(1), reason: z.string().max(200).optional() }),
]);
export type QuarantineDismiss = z.infer<typeof dismissSchema>;

const abandonSchema = z.strictObject({
  terminal: z.string().min(1).max(64),
  epoch: z.string().max(64).optional(),
  from: z.int().min(0),
  to: z.int().min(0),
  reason: z.string().max(200).optional(),
});
export type GapAbandon = z.infer<typeof abandonSchema>;

const dismissLifeSchema = z.strictObject({
  life: z.string().min(1).max(64).meta({ description: 'incarnation, as in the inbox' }),
});
export type TakeoverDismiss = z.infer<typeof dismissLifeSchema>;

const adoptSchema = z.strictObject({ book: z.unknown(), validFrom: instantSchema.optional() });

const reverseSchema = z.strictObject({
  entry: z.int().min(1),
  reason: z.string().max(200).optional(),
});
export type EntryReverse = z.infer<typeof reverseSchema>;

const settingSchema = z.strictObject({
  key: z.enum(['storeName', 'madeAfter', 'inferPrep', 'blindCounts', 'showMoney', 'setupDone']),
  value: z.string().max(400),
});

const terminalSchema = z.strictObject({
  terminal: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
});

/** Command kind -> schema of its data. */
export const commandSchemas = {
  ...kitchenCommandSchemas,
  ...orderCommandSchemas,
  ...peopleCommandSchemas,
  ...dayCommandSchemas,
  ...printCommandSchemas,
  ...transferCommandSchemas,
  ...catalogCommandSchemas,
  'sku.map': mapSchema,
  'quarantine.replay': eventSchema,
  'quarantine.dismiss': dismissSchema,
  'gap.abandon': abandonSchema,
  'takeover.dismiss': dismissLifeSchema,
  'book.adopt': adoptSchema,
  'entry.reverse': reverseSchema,
  'setting.set': settingSchema,
  'device.terminal': terminalSchema,
} as const;
export type CommandKind = keyof typeof commandSchemas;
export type CommandData<K extends CommandKind> = z.infer<(typeof commandSchemas)[K]>;

export const commandSchema = z
  .object({
    id: idSchema,
    kind: z.string().min(1).max(64),
    at: instantSchema
      .optional()
      .meta({ description: 'when it happened; default: when it arrived' }),
    offsetMs: z.int().min(-86_400_000_000).max(86_400_000_000).optional().meta({
      description:
        'box clock minus the clock that wrote `at`, as last measured; the entry happened at `at` plus this',
    }),
    actor: z.string().max(64).optional(),
    data: z.unknown(),
  })
  .meta({ id: 'Command' });
export type Command = z.infer<typeof commandSchema>;

export const commandsSchema = z
  .object({
    commands: z.array(commandSchema).min(1).max(COMMANDS_MAX),
    dryRun: z.boolean().optional().meta({ description: 'the same as ?dryRun=1: nothing is kept' }),
  })
  .meta({ id: 'Commands' });

export type Words = { readonly en: string; readonly zh: string };

export type CommandResult = {
  readonly id: string;
  readonly status: 'applied' | 'duplicate' | 'conflict' | 'rejected';
  /** Sequence of its entry, when it made one. */
  readonly seq?: number;
  /** Why it was rejected. */
  readonly code?: string;
  readonly message?: Words;
  /** What the command answers beyond that. */
  readonly data?: unknown;
};
