/** What is odd on the shelf: below zero, expired, to be used first. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Words } from '#recipes/contracts/command.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { localText } from '#recipes/time/local-text.ts';
import { type InboxItem, type InboxParts, iso } from './inbox-item.ts';

const EXPIRING_MS = 24 * 3_600_000;

/** Negative stock, and lots that end soon. */
export function shelves(parts: InboxParts): InboxItem[] {
  const kitchen = parts.knowledge.at(parts.now())?.kitchen;
  const list: InboxItem[] = [];
  for (const item of kitchen?.items.values() ?? []) {
    const number = parts.ledger.items.find(item.id);
    if (number === undefined) continue;
    const zh = item.name.zh ?? item.name.en ?? item.id;
    const en = item.name.en ?? item.name.zh ?? item.id;
    for (const lot of parts.ledger.shelf.lotsOf(number)) {
      if (lot.lot === UNALLOCATED && lot.amount < 0) {
        const short = `${decimalFromMicro(-lot.amount)} ${item.unit}`;
        list.push({
          id: `negative:${item.id}`,
          kind: 'negative',
          severity: 'watch',
          since: iso(parts.now()),
          title: { en: `${en} is below zero`, zh: `${zh} 库存为负` },
          detail: {
            en: `${short} more was sold than was received; log the delivery and it settles itself`,
            zh: `比收货多卖出 ${short};补录收货后自动冲平`,
          },
          subject: { item: item.id, onHand: decimalFromMicro(lot.amount), unit: item.unit },
          actions: [],
        });
      }
      if (lot.expiresAt !== null && lot.amount > 0 && lot.expiresAt < parts.now() + EXPIRING_MS) {
        const code = parts.lots.get(lot.lot)?.code ?? String(lot.lot);
        const { expiresAt } = lot;
        list.push(expiring(parts, item.id, { en, zh }, item.unit, { ...lot, code, expiresAt }));
      }
    }
  }
  return list;
}

function expiring(
  { now, purchase }: Pick<InboxParts, 'now' | 'purchase'>,
  item: string,
  name: Words,
  unit: string,
  lot: { lot: number; code: string; amount: number; expiresAt: number },
): InboxItem {
  const expiresAt = iso(lot.expiresAt);
  const until = localText(lot.expiresAt, purchase.timeZone);
  const gone = lot.expiresAt <= now();
  const amount = `${decimalFromMicro(lot.amount)} ${unit}`;
  return {
    id: `lot:${lot.lot}`,
    kind: 'expiring',
    severity: gone ? 'act' : 'watch',
    since: expiresAt,
    title: gone
      ? { en: `${name.en}: expired`, zh: `${name.zh}:已过期` }
      : { en: `${name.en}: use first`, zh: `${name.zh}:先用` },
    detail: {
      en: `${amount} until ${until}`,
      zh: `${amount},到期 ${until}`,
    },
    subject: { item, lot: lot.lot, code: lot.code, amount, expiresAt },
    actions: gone
      ? [
          {
            label: { en: 'Waste all of it', zh: '全部报损' },
            command: { kind: 'waste.log', data: { item, lot: lot.code, reason: 'expired' } },
          },
        ]
      : [],
  };
}
