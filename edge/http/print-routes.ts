/** Printing over HTTP: ask for a slip, see the jobs and the printers, decide about what is not clear. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Command, CommandResult } from '#recipes/contracts/command.ts';
import { idSchema } from '#recipes/contracts/pos-event.ts';
import { OPEN_JOB_STATES, printerFields, printSchema } from '#recipes/contracts/print-command.ts';
import type { Refusal, Sender } from '../commands/execute.ts';
import type { JobHead } from '../print/job.ts';
import type { JobStore } from '../print/job-store.ts';
import type { PrinterView } from '../print/queue.ts';
import { type AuthEnv, pinNeeded } from './auth.ts';
import { notFound, problem } from './problem.ts';

export type PrintRouteParts = {
  /** Carries out a command; without an id it gets one. */
  readonly execute: (
    command: Omit<Command, 'id'> & { id?: string | undefined },
    sender: Sender,
  ) => CommandResult;
  readonly jobs: Pick<JobStore, 'get' | 'list' | 'open'>;
  readonly printers: () => readonly PrinterView[];
  /** What decides this printer before the page. */
  readonly lockedBy: (name: string) => string | undefined;
  /** Works out what takes a moment, before a slip is asked for. */
  readonly prepare: (asked: z.infer<typeof printSchema>) => Promise<void>;
  /** PNG of what would come out. */
  readonly preview: (
    asked: z.infer<typeof printSchema>,
    columns: 48 | 32,
  ) => Promise<Uint8Array | Refusal>;
  readonly jobPicture: (job: number) => Promise<Uint8Array | undefined>;
  /** Papers of a virtual printer, newest first; undefined = it is none. */
  readonly papers: (printer: string) => readonly number[] | undefined;
  readonly paper: (printer: string, paper: number, form: 'png' | 'bin') => Uint8Array | undefined;
};

/** The body of `POST /print`: what, and for a safe repetition the id of the command. */
export const printBodySchema = printSchema.extend({
  id: idSchema.optional().meta({ description: 'the same id again prints nothing more' }),
  actor: z.string().max(64).optional(),
});
export const printerBodySchema = z.strictObject(printerFields);
export const moveBodySchema = z.strictObject({ printer: z.string().min(1).max(32) });
export const confirmBodySchema = z.strictObject({ printed: z.boolean() });
export const reprintBodySchema = z.strictObject({ copies: z.int().min(1).max(99).optional() });
export const nothingBodySchema = z.strictObject({});

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 500;

export function printRoutes(parts: PrintRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.post('/print', (c) => print(parts, c));
  app.get('/print/jobs', (c) => jobs(parts, c));
  app.get('/print/preview', (c) => preview(parts, c));
  app.get('/print/jobs/:job.png', async (c) => {
    const picture = await parts.jobPicture(numberOf(c.req.param('job.png'), 'png'));
    return picture ? png(c, picture) : unknownJob(c);
  });
  app.post('/print/jobs/:job/retry', (c) => step(parts, c, 'print.retry', nothingBodySchema));
  app.post('/print/jobs/:job/cancel', (c) => step(parts, c, 'print.cancel', nothingBodySchema));
  app.post('/print/jobs/:job/move', (c) => step(parts, c, 'print.move', moveBodySchema));
  app.post('/print/jobs/:job/reprint', (c) => step(parts, c, 'print.reprint', reprintBodySchema));
  app.post('/print/jobs/:job/confirm', (c) => step(parts, c, 'print.confirm', confirmBodySchema));
  printerRoutes(parts, app);
  return app;
}

function printerRoutes(parts: PrintRouteParts, app: Hono<AuthEnv>): void {
  const view = (one: PrinterView) => ({
    ...one,
    seenAt: one.seenAt === null ? null : iso(one.seenAt),
    locked: parts.lockedBy(one.name) ?? null,
  });
  app.get('/printers', (c) => c.json({ printers: parts.printers().map(view) }));
  app.put('/printers/:name', async (c) => {
    const body = await bodyOf(c, printerBodySchema);
    if (!body.success) return badBody(c, body.error);
    const data = { name: c.req.param('name'), ...body.data };
    const result = carryOut(parts, c, 'printer.set', data);
    return refused(c, result) ?? c.json(result.data as object);
  });
  app.delete('/printers/:name', (c) => {
    const name = c.req.param('name');
    const result = carryOut(parts, c, 'printer.remove', { name });
    return refused(c, result) ?? c.json({ removed: name });
  });
  app.get('/printers/:name/papers', (c) => {
    const papers = parts.papers(c.req.param('name'));
    return papers ? c.json({ papers }) : unknownPaper(c);
  });
  app.get('/printers/:name/papers/:n.png', (c) => {
    const paper = numberOf(c.req.param('n.png'), 'png');
    const picture = parts.paper(c.req.param('name'), paper, 'png');
    return picture ? png(c, picture) : unknownPaper(c);
  });
}

async function print(parts: PrintRouteParts, c: Context<AuthEnv>): Promise<Response> {
  const body = await bodyOf(c, printBodySchema);
  if (!body.success) return badBody(c, body.error);
  const { id, actor, ...data } = body.data;
  await parts.prepare(data);
  const result = carryOut(parts, c, 'print.slip', data, { id, actor });
  return refused(c, result) ?? c.json(result.data as object, 202);
}

/** What becomes of a job: the body of the route beside its number is the command. */
async function step(
  parts: PrintRouteParts,
  c: Context<AuthEnv>,
  kind: string,
  schema: z.ZodType<object>,
): Promise<Response> {
  const job = numberOf(c.req.param('job'), undefined);
  const body = await bodyOf(c, schema);
  if (!body.success) return badBody(c, body.error);
  if (!parts.jobs.get(job)) return unknownJob(c);
  const result = carryOut(parts, c, kind, { ...body.data, job });
  return refused(c, result) ?? c.json(result.data as object);
}

function jobs(parts: PrintRouteParts, c: Context<AuthEnv>): Response {
  const { state = 'open', limit } = c.req.query();
  if (state !== 'open' && state !== 'all') {
    return problem(c, 400, 'bad_query', {
      en: 'state is open or all',
      zh: 'state 应为 open 或 all',
    });
  }
  const said = Math.trunc(Number(limit ?? LIMIT_DEFAULT));
  const most = Number.isFinite(said) ? Math.min(LIMIT_MAX, Math.max(1, said)) : LIMIT_DEFAULT;
  const list = state === 'all' ? parts.jobs.list(most) : [...parts.jobs.open()].reverse();
  return c.json({ jobs: list.slice(0, most).map(jobView) });
}

async function preview(parts: PrintRouteParts, c: Context<AuthEnv>): Promise<Response> {
  const { columns = '48', ...query } = c.req.query();
  const asked = printSchema.safeParse(query);
  if (!asked.success || (columns !== '48' && columns !== '32')) {
    return problem(c, 400, 'bad_query', {
      en: 'what is suggestion, order, label, waste, transfer or self-test with its fields; columns is 48 or 32',
      zh: 'what 应为 suggestion、order、label、waste、transfer 或 self-test 及其参数;columns 为 48 或 32',
    });
  }
  await parts.prepare(asked.data);
  const made = await parts.preview(asked.data, columns === '48' ? 48 : 32);
  if (!('ok' in made)) return png(c, made);
  return refused(c, { id: '', status: 'rejected', ...made }) ?? unknownPaper(c);
}

function jobView(job: JobHead) {
  const { id, printer, kind, title, state, attempts, createdAt, endedAt, error, actor } = job;
  return {
    job: id,
    printer,
    kind,
    title,
    state,
    open: OPEN_JOB_STATES.includes(state),
    attempts,
    createdAt: iso(createdAt),
    endedAt: endedAt === null ? null : iso(endedAt),
    error,
    actor,
    reprintOf: job.reprintOf,
    pages: job.copies,
    printedPages: job.done,
  };
}

function carryOut(
  parts: PrintRouteParts,
  c: Context<AuthEnv>,
  kind: string,
  data: object,
  said: { readonly id?: string | undefined; readonly actor?: string | undefined } = {},
): CommandResult {
  const { actor } = said;
  return parts.execute(
    { kind, data, id: said.id, ...(actor === undefined ? {} : { actor }) },
    c.get('sender'),
  );
}

/** The answer to what was not carried out; undefined when it was. */
function refused(c: Context, result: CommandResult): Response | undefined {
  const { status, code, message } = result;
  if (status === 'applied' || status === 'duplicate') return undefined;
  if (code === 'pin_needed') return pinNeeded(c);
  const words = message ?? { en: 'not printed', zh: '未打印' };
  return problem(c, statusOf(code ?? ''), result.code ?? 'not_printed', words);
}

function statusOf(code: string): 404 | 409 | 422 {
  if (code.startsWith('unknown_')) return 404;
  return code === 'job_state' || code === 'printer_locked' || code === 'id_conflict' ? 409 : 422;
}

/** An empty body counts as `{}`. */
async function bodyOf<T>(c: Context, schema: z.ZodType<T>) {
  const text = await c.req.text();
  try {
    return schema.safeParse(text.trim() === '' ? {} : JSON.parse(text));
  } catch {
    return schema.safeParse(undefined);
  }
}

function badBody(c: Context, error: z.ZodError): Response {
  const [issue] = error.issues;
  const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  return problem(c, 400, 'bad_body', { en: what, zh: `格式不符:${what}` });
}

function png(c: Context, bytes: Uint8Array): Response {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'image/png',
    'cache-control': 'no-store',
  });
}

function unknownJob(c: Context): Response {
  return problem(c, 404, 'unknown_job', notFound('such print job'));
}

function unknownPaper(c: Context): Response {
  return problem(c, 404, 'unknown_paper', notFound('such paper'));
}

/** 0 for what is no number: nothing has it. */
function numberOf(text: string | undefined, ending: string | undefined): number {
  const [, digits] = /^(\d{1,15})(?:\.(\w+))?$/.exec(text ?? '') ?? [];
  const said = text?.split('.')[1];
  return digits === undefined || said !== ending ? 0 : Number(digits);
}

const iso = (at: number) => new Date(at).toISOString();
