/** What slips are made from, read from the parts of the box. */
import type { SlipStore, SuggestionSlipData, TransferSlipData } from '#recipes/slips/slip-data.ts';
import type { SlipSources } from './box-slips.ts';
import type { Config } from './config.ts';
import type { Db } from './db/open.ts';
import { openEntryViewStore } from './kitchen/entry-view-store.ts';
import { labelView } from './kitchen/label-view.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { LotStore } from './ledger/lot-store.ts';
import type { PersonStore } from './people/person-store.ts';
import type { ReceiveParts } from './pos/receive.ts';
import type { Orders } from './purchasing/orders.ts';
import type { SuggestionView } from './purchasing/suggest-view.ts';
import { openReportStore } from './reports/report-store.ts';
import { wasteSlipData } from './reports/waste-slip.ts';
import type { Ports } from './runtime/ports.ts';
import type { Settings } from './setting-store.ts';
import { bookFields, type StoreNameParts, storeName } from './store-name.ts';
import type { TransferParts } from './transfers/transfer-parts.ts';
import { oneTransfer, type TransferView } from './transfers/transfer-view.ts';

export type SourceParts = {
  readonly db: Db;
  readonly config: Config;
  readonly ports: Pick<Ports, 'now'>;
  readonly ledger: Ledger;
  readonly books: StoreNameParts['books'];
  readonly settings: Settings;
  readonly receiving: ReceiveParts;
  readonly lots: LotStore;
  readonly persons: PersonStore;
  readonly purchasing: { readonly orders: Orders };
  readonly transfers: TransferParts;
  /** The suggestion that was read last for this day, or the next delivery. */
  readonly suggestion: (day: string | undefined) => SuggestionView | undefined;
};

export function slipSources(parts: SourceParts): Omit<SlipSources, 'tested'> {
  const { config, ledger, ports, receiving, lots, purchasing } = parts;
  const { now } = ports;
  const kitchen = () => receiving.knowledge.at(now())?.kitchen;
  const { dayOf } = receiving;
  const labels = { ledger, lots, kitchen, store: openEntryViewStore(parts.db) };
  const reports = {
    store: openReportStore(parts.db),
    items: ledger.items,
    kitchen,
    dayOf,
    timezone: config.timezone,
  };
  const store = (): SlipStore => ({
    id: config.store,
    name: storeName(parts),
    timeZone: config.timezone,
  });
  const printedAt = () => new Date(now()).toISOString();
  const currency = () => bookFields(parts).currency ?? 'CNY';
  return {
    store,
    now,
    order: purchasing.orders.get,
    label: (item, lot) => labelView(labels, item, lot),
    isMade: (item) => kitchen()?.items.get(item)?.made ?? false,
    person: (user) => parts.persons.get(user)?.name,
    today: () => dayOf(now()),
    waste: (day) =>
      wasteSlipData(reports, day, { store: store(), printedAt: printedAt(), currency: currency() }),
    transfer(id) {
      const found = oneTransfer({ ...parts.transfers, kitchen, reversalOf: () => undefined }, id);
      return found && transferData(found, store());
    },
    suggestion(day) {
      const view = parts.suggestion(day);
      return view && suggestionData(view, store(), printedAt());
    },
  };
}

/** What goes with the driver; of what came from elsewhere, the same seen from here. */
function transferData(view: TransferView, store: SlipStore): TransferSlipData {
  const { transfer, state, at, requisition, note, direction, other, otherName, lines } = view;
  const here = { id: store.id, name: store.name };
  const there = { id: other, name: otherName };
  const out = direction === 'out';
  const ways = { from: out ? here : there, to: out ? there : here };
  return { store, transfer, state, ...ways, at, requisition, note, lines };
}

/** What stands on the paper: what is ordered, and what a manager should look at all the same. */
function suggestionData(
  view: SuggestionView,
  store: SlipStore,
  printedAt: string,
): SuggestionSlipData {
  return {
    store,
    day: view.day,
    for: view.for,
    printedAt,
    currency: view.currency,
    suppliers: view.suppliers
      .filter(({ lines }) => lines.some(isOnPaper))
      .map((one) => ({
        supplier: one.supplier,
        name: one.name,
        arrivesAt: one.arrivesAt,
        coverUntil: one.coverUntil,
        cutOff: one.cutOff,
        pastCutOff: one.pastCutOff,
        minimumOrder: one.minimumOrder,
        belowMinimum: one.belowMinimum,
        subtotal: one.subtotal,
        lines: one.lines.filter(isOnPaper).map(lineData),
      })),
  };
}

const TOLD: ReadonlySet<string> = new Set(['low', 'use_first', 'offcut']);

function isOnPaper({
  packs,
  flags,
}: SuggestionView['suppliers'][number]['lines'][number]): boolean {
  return packs > 0 || flags.some((flag) => TOLD.has(flag));
}

function lineData(line: SuggestionView['suppliers'][number]['lines'][number]) {
  const { item, name, onHand, onOrder, packs, quantity, why, unit, need, safety, expiring } = line;
  const { usable, packText, packAmount, rounding, flags, lastsUntil } = line;
  return {
    item,
    name,
    onHand,
    onOrder,
    packs,
    quantity,
    why,
    unit,
    need,
    safety,
    expiring,
    usable,
    packText,
    packAmount,
    rounding,
    flags,
    lastsUntil,
    dishes: line.dishes.map((dish) => ({ name: dish.name, portions: dish.portions })),
  };
}
