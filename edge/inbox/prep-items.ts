/** Batches that nobody logged: inferred from what was sold of them, until somebody says what was made. */
import { decimalFromMicro } from '#recipes/amount.ts';
import { type InboxItem, type InboxParts, iso } from './inbox-item.ts';

export function inferredPrep(parts: InboxParts): InboxItem[] {
  const kitchen = parts.knowledge.at(parts.now())?.kitchen;
  return parts.inferred.all().flatMap((stands): InboxItem[] => {
    const recipe = parts.ledger.items.code(stands.item);
    const made = kitchen?.items.get(recipe);
    if (!made) return [];
    const qty = decimalFromMicro(stands.amount);
    const amount = `${qty} ${made.unit}`;
    const en = made.name.en ?? made.name.zh ?? recipe;
    const zh = made.name.zh ?? made.name.en ?? recipe;
    return [
      {
        id: `prep:${recipe}`,
        kind: 'prep_inferred',
        severity: 'watch',
        since: iso(stands.since),
        title: { en: `${en}: sold, but no batch was logged`, zh: `${zh}:已售出但未登记备料` },
        detail: {
          en: `a batch of ${amount} was inferred and its ingredients were taken out; log the batch and it is corrected`,
          zh: `已推定备料 ${amount} 并扣减原料;登记实际备料后自动更正`,
        },
        subject: { item: recipe, recipe, qty, unit: made.unit },
        actions: [
          {
            label: { en: `Log a batch of ${amount}`, zh: `登记备料 ${amount}` },
            command: { kind: 'batch.produce', data: { recipe, qty } },
          },
        ],
      },
    ];
  });
}
