/**
 * A print job: what is to come out of a printer, and how far it is. A job ends `printed`, `failed`,
 * `cancelled`, or `unknown`, which asks a person; nothing is printed twice without saying so.
 */
import type { Words } from '#recipes/contracts/command.ts';
import type { JobState, PrintUse } from '#recipes/contracts/print-command.ts';
import type { SlipLanguage } from '#recipes/slips/slip.ts';

/**
 * What the slip is made from, as plain JSON, frozen when it was asked for. Printing knows its language
 * only; who made it lays it out for the columns of a printer.
 */
export type JobSource = {
  readonly what: string;
  readonly language: SlipLanguage;
  readonly data: unknown;
};

export type Job = {
  readonly id: number;
  /** Name of the printer it waits for or was printed by. */
  readonly printer: string;
  /** What kind of slip: `order`, `prep-label` … */
  readonly kind: string;
  readonly title: string;
  readonly source: JobSource;
  readonly copies: number;
  /** Copies that are certainly out. */
  readonly done: number;
  /** How often the copy after those was begun; more than 0: the next try is a reprint. */
  readonly begun: number;
  readonly state: JobState;
  readonly attempts: number;
  /** Epoch milliseconds, as the three below. */
  readonly createdAt: number;
  /** When a person last wanted it. */
  readonly askedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Of the paper it was last begun on. */
  readonly columns: 48 | 32 | null;
  /** Whether the paper last begun says REPRINT. */
  readonly saidReprint: boolean;
  readonly error: Words | null;
  readonly actor: string | null;
  readonly reprintOf: number | null;
};

/** A job without what it is made from: lists of thousands are read again and again. */
export type JobHead = Omit<Job, 'source'>;

/** Whether what is sent next may be on paper already, and has to say so. */
export function isReprint({ begun, reprintOf }: Pick<Job, 'begun' | 'reprintOf'>): boolean {
  return begun > 0 || reprintOf !== null;
}

/** What a printer has to be for, to print this. */
export function useOf(what: string): PrintUse {
  return what === 'order' || what === 'suggestion' || what === 'label' ? what : 'slip';
}
