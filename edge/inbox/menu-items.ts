/** The POS's own dish list against the recipe book: what will be held when it is sold. */
import { readStored } from '../pos/read-event.ts';
import { type InboxItem, type InboxParts, iso } from './inbox-item.ts';
import { proposals } from './proposals.ts';

const LISTED_MAX = 50;

export function menuCoverage(parts: InboxParts): InboxItem[] {
  return parts.menus.all().flatMap(({ terminal, event }): InboxItem[] => {
    const stored = parts.events.get(event);
    const read = stored && readStored(stored.body);
    const kitchen = parts.knowledge.at(parts.now())?.kitchen;
    if (!stored || read?.type !== 'larder.pos.menu.v1' || !kitchen) return [];
    const dishes = read.data.dishes.filter((dish) => dish.active !== false);
    const unknown = dishes.filter(({ sku }) => {
      const answer = parts.knowledge.resolve({ sku, qty: 1 }, undefined, parts.now());
      return answer.kind === 'held' && kitchen.meaning(sku) === undefined;
    });
    if (unknown.length === 0) return [];
    const name = parts.terminals.name(terminal);
    const known = dishes.length - unknown.length;
    return [
      {
        id: `menu:${name}`,
        kind: 'menu',
        severity: 'watch',
        since: iso(stored.receivedAt),
        title: {
          en: `${name}: ${known} of ${dishes.length} dishes have a recipe`,
          zh: `${name}:${dishes.length} 个菜品中 ${known} 个有配方`,
        },
        detail: {
          en: 'the others will wait when they are sold; map them before the first guest orders one',
          zh: '其余菜品售出后会等待匹配;请提前匹配',
        },
        subject: {
          terminal: name,
          known,
          total: dishes.length,
          unknown: unknown.slice(0, LISTED_MAX).map((dish) => ({
            sku: dish.sku,
            name: dish.name ?? null,
            proposals: proposals(kitchen, dish.sku, dish.name),
          })),
        },
        actions: [],
      },
    ];
  });
}
