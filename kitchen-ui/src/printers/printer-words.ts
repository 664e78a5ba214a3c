import { type Lang, sayIfKnown } from '#recipes/words/words.ts';
import type { Tone } from '../parts/tone.ts';
import type { PrintJob } from './printer-types.ts';

/** How a printer is, in words; a new state of the box shows as its own name. */
export function printerStateText(lang: Lang, state: string): string {
  return sayIfKnown(lang, `printers.state.${state}`, state);
}

export function printerTone(state: string): Tone {
  return PRINTER_TONES[state] ?? 'idle';
}

export function jobStateText(lang: Lang, state: string): string {
  return sayIfKnown(lang, `printers.job.${state}`, state);
}

/** What kind of paper it is. */
export function slipText(lang: Lang, kind: string): string {
  return sayIfKnown(lang, `printers.slip.${kind}`, kind);
}

export function jobTone(state: string): Tone {
  return JOB_TONES[state] ?? 'idle';
}

/** Somebody still waits for it, or has to say what became of it. */
export function isOpenJob({ state }: Pick<PrintJob, 'state'>): boolean {
  return state === 'queued' || state === 'printing' || state === 'unknown' || state === 'failed';
}

const PRINTER_TONES: Readonly<Record<string, Tone>> = {
  ready: 'ok',
  paper_low: 'low',
  paper_out: 'out',
  cover_open: 'out',
  offline: 'gone',
};
const JOB_TONES: Readonly<Record<string, Tone>> = {
  queued: 'low',
  printing: 'low',
  printed: 'ok',
  failed: 'out',
  unknown: 'idle',
  cancelled: 'gone',
};
