import type { PlainKey } from '#recipes/words/words.ts';
import type { Setup } from '../settings/types.ts';

export const STEPS = ['language', 'start', 'pos', 'menu', 'printer', 'people', 'done'] as const;
export type StepId = (typeof STEPS)[number];

export const STEP_LABELS: Readonly<Record<StepId, PlainKey>> = {
  language: 'setup.step.language',
  start: 'setup.step.start',
  pos: 'setup.step.pos',
  menu: 'setup.step.menu',
  printer: 'setup.step.printer',
  people: 'setup.step.people',
  done: 'setup.step.done',
};

/** Whether the box already has what a step is for. */
export function isStepDone(step: StepId, setup: Setup | null, languageChosen: boolean): boolean {
  if (step === 'language') return languageChosen;
  if (setup === null) return false;
  if (step === 'start' || step === 'menu') return setup.book !== null;
  if (step === 'pos') return setup.posSeen !== null;
  if (step === 'printer') return setup.printers.length > 0;
  if (step === 'people') return setup.people > 0;
  return setup.done;
}

/** The step an address names, else the first. */
export function stepOf(name: string | undefined): StepId {
  return STEPS.find((one) => one === name) ?? 'language';
}

/** Before or behind; itself at either end. */
export function neighbour(step: StepId, by: 1 | -1): StepId {
  return STEPS[STEPS.indexOf(step) + by] ?? step;
}
