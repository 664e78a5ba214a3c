/** A book of head office does not know what this store sells: said before the first guest orders it. */
import { type DroppedDishes, type InboxItem, iso } from './inbox-item.ts';

/** Codes named in a title line; the rest is counted. */
const NAMED = 5;

export function droppedDishes(list: readonly DroppedDishes[], now: number): InboxItem[] {
  return list.map(({ version, receivedAt, validFrom, dishes }): InboxItem => {
    const count = dishes.length;
    const names = dishes.slice(0, NAMED).map(({ sku }) => sku);
    const [en, zh] = [names.join(', '), names.join('、')];
    const more = count > NAMED;
    const planned = validFrom > now;
    return {
      id: `book:drops:${version}`,
      kind: 'book_drops_dishes',
      severity: 'act',
      since: iso(receivedAt),
      title: {
        en: `Head office's book ${version} does not know ${count} that you sell`,
        zh: `总部配方册第 ${version} 版缺少 ${count} 个在售项`,
      },
      detail: {
        en: `${en}${more ? ' …' : ''}; ${planned ? 'from its start on' : 'now'} their sales wait. Tell head office, or match the codes`,
        zh: `${zh}${more ? ' 等' : ''};${planned ? '生效后' : '目前'}其销售会等待入账。请告知总部,或匹配编码`,
      },
      subject: { version, validFrom: iso(validFrom), dishes },
      actions: [],
    };
  });
}
