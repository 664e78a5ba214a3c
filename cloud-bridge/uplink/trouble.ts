/** What can go wrong on the way, told by what has to be done about it. */
import { Fault } from '../../edge/runtime/fault.ts';

/**
 * unreachable: no connection, or it broke. timeout: no answer in time. cut_short: half an answer.
 * bad_answer: an answer that nobody can use, or a status that means a failure over there.
 * busy: asked to come again later. forbidden: a person has to do something first. refused: it read what
 * was sent and does not take it.
 * too_large: the same again in smaller pieces. changed: what both ends agreed on holds no longer, ask
 * again. stopped: we are being ended.
 */
export type TroubleCode =
  | 'unreachable'
  | 'timeout'
  | 'cut_short'
  | 'bad_answer'
  | 'busy'
  | 'forbidden'
  | 'refused'
  | 'too_large'
  | 'changed'
  | 'stopped';

export class Trouble extends Fault {
  readonly who: 'box' | 'head office';
  readonly why: TroubleCode;
  /** How long we are asked to wait, milliseconds. */
  readonly waitMs: number | undefined;

  constructor(
    who: 'box' | 'head office',
    why: TroubleCode,
    message: string,
    more: { waitMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(why, `${who}: ${message}`, { retryable: true, cause: more.cause });
    this.name = 'Trouble';
    this.who = who;
    this.why = why;
    this.waitMs = more.waitMs;
  }
}
