import type { IconName } from '../parts/Icon.svelte';

/** The picture of a kind of inbox entry. */
export function iconOf(kind: string): IconName {
  return ICONS[kind] ?? 'alert';
}

const ICONS: Readonly<Record<string, IconName>> = {
  unknown_sku: 'question',
  menu: 'question',
  quarantined: 'file',
  poison: 'file',
  conflict: 'split',
  gap: 'gap',
  negative: 'minus',
  expiring: 'clock',
  held_void: 'back',
  terminal_lost: 'plug',
  prep_inferred: 'pot',
  denied: 'lock',
  order_cut_off: 'clock',
  order_waiting: 'cart',
  order_unsent: 'cart',
  order_overdue: 'truck',
  transfer_incoming: 'truck',
  transfer_late: 'truck',
  transfer_disputed: 'scale',
  requisition_waiting: 'cart',
  printer: 'printer',
  print_job: 'printer',
  hq_lag: 'cloud',
  hq_differs: 'scale',
  hq_two_boxes: 'split',
  hq_refused_version: 'book',
  hq_refused_facts: 'file',
  hq_life: 'back',
  book_drops_dishes: 'book',
};
