/** What the tablet reads, put together from the parts of the box. */
import type { BoxParts } from './box-parts.ts';
import type { KitchenRouteParts } from './http/kitchen-routes.ts';
import type { OrderRouteParts } from './http/order-routes.ts';
import type { RecipeRouteParts } from './http/recipe-routes.ts';
import type { TransferRouteParts } from './http/transfer-routes.ts';
import { entryView, readKinds } from './kitchen/entry-view.ts';
import { openEntryViewStore } from './kitchen/entry-view-store.ts';
import { labelView } from './kitchen/label-view.ts';
import { prepView } from './kitchen/prep-view.ts';
import { tilesView } from './kitchen/tiles-view.ts';
import { reversalNeedsManager } from './people/forbids.ts';
import { readStored } from './pos/read-event.ts';
import { openSoldSkus } from './pos/sold-skus.ts';
import { readCredits } from './purchasing/credits.ts';
import { openRecipeReader } from './recipe-book/recipe-reader.ts';
import {
  oneTransfer,
  outsourceView,
  requisitionsView,
  transfersView,
} from './transfers/transfer-view.ts';

/** What the kitchen's screens read. */
export function kitchenReads(parts: BoxParts): KitchenRouteParts {
  const { ledger, lots, ports, receiving, purchasing } = parts;
  const { kitchen } = purchasing;
  const { dayOf } = receiving;
  const store = openEntryViewStore(parts.db);
  const reading = { store, ledger, lots, kitchen, dayOf, now: ports.now };
  const rule = {
    entry: (seq: number) => ledger.entries.get(seq)?.head,
    deviceOf: parts.commands.deviceOf,
    dayOf,
    now: ports.now,
  };
  const viewing = {
    store,
    kitchen,
    needsManager(seq: number, asking: Parameters<typeof reversalNeedsManager>[2]) {
      const head = ledger.entries.get(seq)?.head;
      return head === undefined || reversalNeedsManager(rule, head, asking);
    },
  };
  return {
    entries({ kinds, actor, before, limit }, asking) {
      const read = readKinds(kinds);
      if (!read) return undefined;
      const rows = store.list({ kinds: read.kinds, actor, before, limit });
      return rows.map((row) => entryView(viewing, row, asking));
    },
    tiles: (screen, station) => tilesView(reading, screen, station),
    prep: () => prepView(reading),
    label: (item, lot) => labelView(reading, item, lot),
  };
}

/** What the screens of orders read. */
export function orderReads({ purchasing }: BoxParts): OrderRouteParts {
  const { orders, papers } = purchasing;
  return {
    orders: orders.list,
    order: orders.get,
    pdf: (order, language) => papers.pdf?.(order, language),
    credits: () => readCredits(purchasing),
  };
}

/** What the screens of goods between stores read. */
export function transferReads({ transfers, purchasing, moves }: BoxParts): TransferRouteParts {
  const viewing = { ...transfers, kitchen: purchasing.kitchen, reversalOf: moves.reversalOf };
  return {
    transfers: (which) => transfersView(viewing, which),
    transfer: (id) => oneTransfer(viewing, id),
    requisitions: () => requisitionsView(viewing),
    outsource: () => outsourceView(viewing),
  };
}

/** What the screen of recipes reads; remembers what was sold on past days. */
export function recipeReads(parts: BoxParts): RecipeRouteParts {
  const { ledger, lots, ports, receiving } = parts;
  const { events, knowledge, menus } = receiving;
  const sold = openSoldSkus({ ...receiving, soon: ports.soon });

  /** Dishes of the terminals that are on sale now. */
  function* listed(): Iterable<string> {
    for (const { event } of menus.all()) {
      const stored = events.get(event);
      const read = stored && readStored(stored.body);
      if (read?.type !== 'larder.pos.menu.v1') continue;
      for (const dish of read.data.dishes) if (dish.active !== false) yield dish.sku;
    }
  }

  return openRecipeReader({
    ledger,
    lots,
    knowledge,
    now: ports.now,
    sold: sold.last,
    listed,
  });
}
