/** What the history of an order says. */
import type { OrderEdit } from '#recipes/contracts/order-command.ts';

/** What the history calls a step; a receipt adds `partly_received` and `done`. */
const HISTORY_STEPS = [
  'draft',
  'edited',
  'submitted',
  'approved',
  'rejected',
  'sending',
  'sent',
  'not_sent',
  'cancelled',
  'partly_received',
  'done',
] as const;
export type HistoryStep = (typeof HISTORY_STEPS)[number];

/** Facts of a step. */
export type StepDetail = {
  readonly reason?: string;
  /** How it was sent, where to, and with which print job. */
  readonly by?: string;
  readonly printer?: string;
  readonly job?: number | string;
  readonly target?: string;
  /** What another store of the chain was asked with. */
  readonly requisition?: string;
  readonly error?: string;
  /** What an edit said. */
  readonly lines?: OrderEdit['lines'];
  readonly revision?: number;
  /** Entry of the receipt. */
  readonly entry?: number;
};
