/**
 * Every text: those that many pages share, and those of each screen from its own file. The names are
 * merged here so that two people never edit the same list of texts.
 */
import { en } from './en.ts';
import { accuracyEn, accuracyZh } from './screens/accuracy.ts';
import { bookEn, bookZh } from './screens/book.ts';
import { countEn, countZh } from './screens/count.ts';
import { frameEn, frameZh } from './screens/frame.ts';
import { importEn, importZh } from './screens/import.ts';
import { inboxEn, inboxZh } from './screens/inbox.ts';
import { orderEn, orderZh } from './screens/order.ts';
import { orderEventEn, orderEventZh } from './screens/order-event.ts';
import { ordersEn, ordersZh } from './screens/orders.ts';
import { prepEn, prepZh } from './screens/prep.ts';
import { printersEn, printersZh } from './screens/printers.ts';
import { receiveEn, receiveZh } from './screens/receive.ts';
import { recipesEn, recipesZh } from './screens/recipes.ts';
import { settingsEn, settingsZh } from './screens/settings.ts';
import { setupEn, setupZh } from './screens/setup.ts';
import { transfersEn, transfersZh } from './screens/transfers.ts';
import { trimEn, trimZh } from './screens/trim.ts';
import { undoEn, undoZh } from './screens/undo.ts';
import { wasteEn, wasteZh } from './screens/waste.ts';
import { zh } from './zh.ts';

export const allZh = {
  ...zh,
  ...frameZh,
  ...undoZh,
  ...wasteZh,
  ...trimZh,
  ...prepZh,
  ...receiveZh,
  ...countZh,
  ...inboxZh,
  ...recipesZh,
  ...bookZh,
  ...importZh,
  ...setupZh,
  ...settingsZh,
  ...orderZh,
  ...orderEventZh,
  ...ordersZh,
  ...accuracyZh,
  ...printersZh,
  ...transfersZh,
} as const;

export const allEn: Readonly<Record<keyof typeof allZh, string>> = {
  ...en,
  ...frameEn,
  ...undoEn,
  ...wasteEn,
  ...trimEn,
  ...prepEn,
  ...receiveEn,
  ...countEn,
  ...inboxEn,
  ...recipesEn,
  ...bookEn,
  ...importEn,
  ...setupEn,
  ...settingsEn,
  ...orderEn,
  ...orderEventEn,
  ...ordersEn,
  ...accuracyEn,
  ...printersEn,
  ...transfersEn,
};

/** The parts, for the test that no text is defined twice. */
export const wordLists: readonly Readonly<Record<string, string>>[] = [
  zh,
  frameZh,
  undoZh,
  wasteZh,
  trimZh,
  prepZh,
  receiveZh,
  countZh,
  inboxZh,
  recipesZh,
  bookZh,
  importZh,
  setupZh,
  settingsZh,
  orderZh,
  orderEventZh,
  ordersZh,
  accuracyZh,
  printersZh,
  transfersZh,
];
