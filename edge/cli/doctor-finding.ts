/** What the doctor looks at, and what it finds. */
import type { Words } from '#recipes/contracts/command.ts';
import type { Config } from '../config.ts';
import type { Surroundings } from './place.ts';

export type Patient = {
  readonly around: Surroundings;
  /** Data folder. */
  readonly data: string;
  readonly config: Config;
};

export type Finding = {
  readonly id: string;
  readonly state: 'ok' | 'warn' | 'fail';
  /** What was found, with its figure. */
  readonly what: Words;
  /** What to do about it. */
  readonly remedy?: Words;
  /** Does it. @throws when it cannot */
  readonly fix?: () => void;
};

/** A finding that is as it should be. */
export function ok(id: string, en: string, zh: string): Finding {
  return { id, state: 'ok', what: { en, zh } };
}

/** A finding that is not, with its remedy. */
export function bad(
  state: 'warn' | 'fail',
  id: string,
  [en, zh]: readonly [string, string],
  [remedyEn, remedyZh]: readonly [string, string],
  fix?: () => void,
): Finding {
  const remedy = { en: remedyEn, zh: remedyZh };
  return { id, state, what: { en, zh }, remedy, ...(fix ? { fix } : {}) };
}

/** Whether `doctor --fix` can mend it by itself. */
export function isFixable(finding: Finding): boolean {
  return finding.state !== 'ok' && finding.fix !== undefined;
}
