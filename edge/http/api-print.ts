/** What the box answers about paper: jobs, printers, papers of a virtual printer, as schemas. */
import { z } from 'zod';
import { JOB_STATES, PRINT_USES, PRINTER_STATES } from '#recipes/contracts/print-command.ts';
import { utcInstant as instant, wordsSchema } from './api-answers.ts';

const text = z.string();
const count = z.int().min(0);
const job = z.int().min(1).meta({ description: 'number of the job: stands on its paper as #12' });
const state = z.enum(JOB_STATES).meta({
  description:
    'unknown: it may have come out, or is too old to be printed unasked: a person decides; the others say what they say',
});

export const printedSchema = z
  .strictObject({ jobs: z.array(z.strictObject({ job, printer: text, state })) })
  .meta({ id: 'PrintAccepted' });

export const printJobsSchema = z
  .strictObject({
    jobs: z.array(
      z
        .strictObject({
          job,
          printer: text,
          kind: text.meta({ description: 'order, suggestion, prep-label, waste …' }),
          title: text,
          state,
          open: z.boolean().meta({ description: 'queued, printing or unknown' }),
          attempts: count,
          createdAt: instant,
          endedAt: instant.nullable(),
          error: wordsSchema.nullable().meta({
            description: 'why it waits, failed or is unknown; on a printed one a note',
          }),
          actor: text.nullable(),
          reprintOf: job.nullable(),
          pages: z.int().min(1).meta({ description: 'copies that were asked for' }),
          printedPages: count.meta({ description: 'copies that are certainly out' }),
        })
        .meta({ id: 'PrintJob' }),
    ),
  })
  .meta({ id: 'PrintJobs' });

const printerFields = {
  name: text,
  url: text,
  columns: z.union([z.literal(48), z.literal(32)]),
  chinese: z.enum(['gb18030', 'image']),
  uses: z.array(z.enum(PRINT_USES)).meta({ description: 'empty: anything' }),
};

export const printerSetSchema = z.strictObject(printerFields).meta({ id: 'PrinterSet' });
export const printerRemovedSchema = z
  .strictObject({ removed: text })
  .meta({ id: 'PrinterRemoved' });

export const printersSchema = z
  .strictObject({
    printers: z.array(
      z
        .strictObject({
          ...printerFields,
          state: z.enum(PRINTER_STATES).meta({
            description: 'unknown: it takes data and tells nothing, or was not asked yet',
          }),
          seenAt: instant.nullable(),
          queued: count.meta({ description: 'open jobs' }),
          locked: text.nullable().meta({
            description: 'what decides it before the page, such as LARDER_PRINTERS',
          }),
        })
        .meta({ id: 'Printer' }),
    ),
  })
  .meta({ id: 'Printers' });

export const papersSchema = z
  .strictObject({ papers: z.array(z.int().min(1)).meta({ description: 'newest first' }) })
  .meta({ id: 'Papers' });
