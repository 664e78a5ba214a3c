/** Collects what changed between two ticks and tells the screens once. */
import type { News } from './http/news.ts';
import type { Received } from './pos/receive.ts';

export type Changes = {
  stock(items: readonly string[], menuChanged: boolean): void;
  received(received: readonly Received[]): void;
  inbox(): void;
  /** A command was carried out. */
  commanded(): void;
  /** Orders changed, or what is suggested. */
  orders(): void;
  menu(): void;
  /** Print jobs or printers changed. */
  jobs(): void;
  /** Tells what was collected, if anything. */
  flush(): void;
};

const SALES_MAX = 100;

export function collectChanges(news: News, seq: () => number): Changes {
  const items = new Set<string>();
  const sales = new Set<string>();
  let inbox = false;
  let menu = false;
  let entries = false;
  let orders = false;
  let jobs = false;
  return {
    stock(changed, menuChanged) {
      for (const item of changed) items.add(item);
      menu = menu || menuChanged;
    },
    received(list) {
      for (const { result, fresh } of list) {
        if (fresh) sales.add(result.eventId);
        if (result.status !== 'applied' && result.status !== 'duplicate') inbox = true;
      }
    },
    inbox() {
      inbox = true;
    },
    commanded() {
      inbox = true;
      entries = true;
      orders = true;
    },
    orders() {
      orders = true;
    },
    jobs() {
      jobs = true;
      inbox = true;
    },
    menu() {
      menu = true;
    },
    flush() {
      if (items.size + sales.size === 0 && !inbox && !menu && !entries && !orders && !jobs) return;
      news.publish({
        seq: seq(),
        items: [...items],
        sales: [...sales].slice(-SALES_MAX),
        inbox,
        menu,
        entries,
        orders,
        jobs,
      });
      items.clear();
      sales.clear();
      inbox = false;
      menu = false;
      entries = false;
      orders = false;
      jobs = false;
    },
  };
}
