import type { PlainKey } from '#recipes/words/words.ts';
import type { CommandBody } from '../api-types.ts';

/**
 * The effect of a button that moves no stock, in words; null where the box must work it out. For
 * entries without a button: what makes them go.
 */
export function fixedEffect(kind: string, command: CommandBody | null): PlainKey | null {
  if (command === null) return BY_KIND[kind] ?? null;
  return BY_COMMAND[command.kind] ?? null;
}

const BY_COMMAND: Readonly<Record<string, PlainKey>> = {
  'quarantine.replay': 'inbox.effect.replay',
  'quarantine.dismiss': 'inbox.effect.first',
  'gap.abandon': 'inbox.effect.gap',
  'order.approve': 'inbox.effect.approve',
  'order.send': 'inbox.effect.send',
  'requisition.answer': 'inbox.effect.accept',
  'print.retry': 'inbox.effect.printRetry',
  'print.confirm': 'inbox.effect.printConfirm',
  'takeover.dismiss': 'inbox.effect.seen',
  'hq.trust': 'inbox.effect.trust',
};

const BY_KIND: Readonly<Record<string, PlainKey>> = {
  negative: 'inbox.effect.negative',
  held_void: 'inbox.effect.heldVoid',
  expiring: 'inbox.effect.useFirst',
  terminal_lost: 'inbox.effect.terminal',
  dayclose: 'inbox.effect.dayclose',
  denied: 'inbox.effect.denied',
  order_cut_off: 'inbox.effect.cutOff',
  order_overdue: 'inbox.effect.overdue',
  transfer_late: 'inbox.effect.transferLate',
  transfer_disputed: 'inbox.effect.transferDiffers',
  hq_lag: 'inbox.effect.hqLag',
  hq_differs: 'inbox.effect.hqDiffers',
  hq_two_boxes: 'inbox.effect.hqTwoBoxes',
  hq_refused_version: 'inbox.effect.hqVersion',
  book_drops_dishes: 'inbox.effect.hqVersion',
};
