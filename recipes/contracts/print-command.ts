/** Printing: what is to be printed, what becomes of a job, which printers there are. */
import { z } from 'zod';
import { dateSchema, idSchema } from './pos-event.ts';

export const PRINT_WHATS = [
  'suggestion',
  'order',
  'label',
  'waste',
  'transfer',
  'self-test',
] as const;

export const JOB_STATES = [
  'queued',
  'printing',
  'printed',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Somebody still waits for it, or has to look. */
export const OPEN_JOB_STATES: readonly JobState[] = ['queued', 'printing', 'unknown'];

export const PRINT_USES = ['order', 'suggestion', 'label', 'slip'] as const;
/** What a printer is for; `slip` is everything else: the waste slip, a transfer, the self-test. */
export type PrintUse = (typeof PRINT_USES)[number];

export const PRINTER_STATES = [
  'ready',
  'paper_low',
  'paper_out',
  'cover_open',
  'offline',
  'unknown',
] as const;
/** `unknown`: it takes data and tells nothing, or has not been asked yet. */
export type PrinterState = (typeof PRINTER_STATES)[number];

const printerName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, {
  message: 'a name of 1 to 32 of A-Z a-z 0-9 _ -',
});
const jobSchema = z.int().min(1).meta({ description: 'number of the job, as on its paper' });
const copiesSchema = z.int().min(1).max(99);

/** What a slip is asked for; the fields that its kind needs. */
export const printSchema = z.strictObject({
  what: z.enum(PRINT_WHATS),
  for: dateSchema.optional().meta({ description: 'suggestion: for this delivery day' }),
  order: idSchema.optional(),
  transfer: idSchema.optional(),
  item: idSchema.optional().meta({ description: 'label: of this item, with lot' }),
  lot: z.string().min(1).max(64).optional(),
  label: z.enum(['prep', 'expiry', 'offcut']).optional().meta({
    description: 'which heading the label has; default: as the lot came to be',
  }),
  day: dateSchema.optional().meta({ description: 'waste: of this business day; default: today' }),
  printer: printerName.optional().meta({
    description: 'default: the one that is set up for this; self-test: the one to test',
  }),
  copies: copiesSchema.optional(),
  language: z.enum(['zh', 'en']).optional(),
});
export type PrintAsked = z.infer<typeof printSchema>;

/** How a printer is set up. */
export const printerFields = {
  url: z.string().min(1).max(300).meta({
    description:
      'tcp://HOST:9100, file:/dev/usb/lp0, serial:/dev/ttyUSB0?baud=9600 or virtual:NAME',
  }),
  columns: z
    .union([z.literal(48), z.literal(32)])
    .optional()
    .meta({
      description: '48 = 80 mm, 32 = 58 mm; default: 48',
    }),
  chinese: z.enum(['gb18030', 'image']).optional().meta({ description: 'default: gb18030' }),
  uses: z
    .array(z.enum(PRINT_USES))
    .max(4)
    .optional()
    .meta({ description: 'what it prints; default: anything' }),
};

const setSchema = z.strictObject({ name: printerName, ...printerFields });

/** Command kind -> schema of its data. */
export const printCommandSchemas = {
  'print.slip': printSchema,
  'print.retry': z.strictObject({ job: jobSchema }),
  'print.cancel': z.strictObject({ job: jobSchema }),
  'print.move': z.strictObject({ job: jobSchema, printer: printerName }),
  'print.reprint': z.strictObject({ job: jobSchema, copies: copiesSchema.optional() }),
  'print.confirm': z.strictObject({
    job: jobSchema,
    printed: z.boolean().meta({ description: 'true: it came out; false: print it again' }),
  }),
  'printer.set': setSchema,
  'printer.remove': z.strictObject({ name: printerName }),
} as const;
