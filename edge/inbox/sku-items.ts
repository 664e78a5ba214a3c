/** Codes nobody knows, with proposals of what they may be. */
import { saleContent } from '../pos/sale-content.ts';
import { type InboxItem, type InboxParts, iso } from './inbox-item.ts';
import { proposals } from './proposals.ts';

export function unknownSkus(parts: InboxParts): InboxItem[] {
  const kitchen = parts.knowledge.at(parts.now())?.kitchen;
  return parts.held.skus().map(({ sku, modifier, lines, sale }) => {
    const first = parts.sales.get(sale);
    const found = kitchen ? proposals(kitchen, sku, nameOfSku(parts, sale, sku)) : [];
    return {
      id: `sku:${sku}`,
      kind: 'unknown_sku',
      severity: 'act',
      since: iso(first?.occurredAt ?? parts.now()),
      title: modifier
        ? { en: `Unknown modifier ${sku}`, zh: `未识别做法/加料 ${sku}` }
        : { en: `Unknown dish ${sku}`, zh: `未识别菜品 ${sku}` },
      detail: {
        en: `sold lines waiting: ${lines}; they post by themselves once you say what it is`,
        zh: `${lines} 行销售等待;匹配后自动入账`,
      },
      subject: {
        sku,
        modifier,
        count: lines,
        name: nameOfSku(parts, sale, sku) ?? null,
        examples: first ? [first.saleId] : [],
        proposals: found,
      },
      actions: [
        ...found.slice(0, 1).map((best) => ({
          label: { en: `It is ${best.recipe}`, zh: `匹配为 ${best.recipe}` },
          command: { kind: 'sku.map', data: { sku, recipe: best.recipe } },
        })),
        {
          label: { en: 'No meaning for stock', zh: '与库存无关' },
          command: { kind: 'sku.map', data: { sku, ignore: true } },
        },
      ],
    };
  });
}

function nameOfSku(parts: InboxParts, sale: number, sku: string): string | undefined {
  const stored = parts.sales.get(sale);
  const content = stored && saleContent(parts.events, stored.event);
  for (const line of content?.lines ?? []) {
    if (line.sku === sku) return line.name;
    for (const modifier of line.modifiers ?? []) if (modifier.sku === sku) return modifier.name;
  }
  return undefined;
}
