/** What goods between stores need of a person: some are on their way here, or nobody has received ours. */
import { nameIn } from '#recipes/words/words.ts';
import type { StoredRequisition } from '../transfers/requisition-store.ts';
import type { StoredTransfer } from '../transfers/transfer-store.ts';
import { type InboxItem, iso, LIST_MAX, type TransferInboxParts } from './inbox-item.ts';

/** Goods that are this long on their way are asked after. */
const LATE_MS = 2 * 24 * 3_600_000;

/** Everything about goods between stores; what is over is gone by itself. */
export function transferItems(parts: TransferInboxParts, now: number): InboxItem[] {
  const open = parts.transfers.open().slice(0, LIST_MAX);
  return [
    ...open.filter(({ state }) => state === 'incoming').map(incoming),
    ...open.filter(({ state, at }) => state === 'sent' && now - at > LATE_MS).map(late),
    ...parts.transfers
      .latest(LIST_MAX)
      .filter(({ hq }) => hq === 'disputed')
      .map(disputed),
    ...parts.requisitions
      .open()
      .filter(({ direction, state }) => direction === 'in' && state === 'sent')
      .slice(0, LIST_MAX)
      .map(asked),
  ];
}

function incoming({ id, other, at, lines }: StoredTransfer): InboxItem {
  const what = goods(lines);
  return {
    id: `transfer:${id}`,
    kind: 'transfer_incoming',
    severity: 'act',
    since: iso(at),
    title: { en: `Goods from ${other} are on their way`, zh: `${other} 的调拨在途` },
    detail: {
      en: `${id}: ${what.en}; receive them when they are here`,
      zh: `${id}:${what.zh};到货后请收货`,
    },
    subject: { transfer: id, from: other },
    actions: [
      {
        label: { en: 'Received as sent', zh: '如数收货' },
        command: { kind: 'transfer.receive', data: { transfer: id } },
      },
    ],
  };
}

function late({ id, other, at, lines }: StoredTransfer): InboxItem {
  const what = goods(lines);
  return {
    id: `transfer:${id}`,
    kind: 'transfer_late',
    severity: 'watch',
    since: iso(at + LATE_MS),
    title: {
      en: `${other} has not received what we sent`,
      zh: `${other} 尚未收到本店发出的货`,
    },
    detail: {
      en: `${id}: ${what.en}; ask there, or undo the sending if it came back`,
      zh: `${id}:${what.zh};请询问对方,如已退回请撤销发货`,
    },
    subject: { transfer: id, to: other },
    actions: [],
  };
}

function disputed({ id, other, direction, at, state }: StoredTransfer): InboxItem {
  const out = direction === 'out';
  const off = out && state === 'cancelled';
  return {
    id: `transfer-differs:${id}`,
    kind: 'transfer_disputed',
    severity: 'watch',
    since: iso(at),
    title: {
      en: `${id} is not the same at ${other}`,
      zh: `${id} 与 ${other} 的记录不一致`,
    },
    detail: off
      ? {
          en: 'it was called off here and received there: restore the sending, so that stock is right again',
          zh: '本店已取消而对方已收货:请恢复发货以更正库存',
        }
      : {
          en: 'what came is not what was sent; head office settles it when both have looked',
          zh: '实收与发货不符;双方核对后由总部确认',
        },
    subject: { transfer: id, ...(out ? { to: other } : { from: other }) },
    actions: [],
  };
}

function asked({ id, other, at, lines }: StoredRequisition): InboxItem {
  const what = goods(lines);
  return {
    id: `requisition:${id}`,
    kind: 'requisition_waiting',
    severity: 'act',
    since: iso(at),
    title: { en: `${other} asks for goods`, zh: `${other} 要货` },
    detail: { en: `${id}: ${what.en}`, zh: `${id}:${what.zh}` },
    subject: { requisition: id, from: other },
    actions: [
      {
        label: { en: 'Accept', zh: '接受' },
        command: { kind: 'requisition.answer', data: { requisition: id, state: 'accepted' } },
      },
    ],
  };
}

type Named = {
  readonly item: string;
  readonly name?:
    | { readonly zh?: string | undefined; readonly en?: string | undefined }
    | undefined;
};

/** The first few items by name, and how many more. */
function goods(lines: readonly Named[]): { readonly zh: string; readonly en: string } {
  const items = new Map(lines.map((line) => [line.item, line]));
  const said = (lang: 'zh' | 'en') => {
    const names = [...items.values()].map(({ item, name }) => {
      const { zh, en } = name ?? {};
      const known = { ...(zh === undefined ? {} : { zh }), ...(en === undefined ? {} : { en }) };
      return nameIn(lang, known, item);
    });
    const shown = names.slice(0, NAMED).join(lang === 'zh' ? '、' : ', ');
    const more = names.length - NAMED;
    if (more <= 0) return shown;
    return lang === 'zh' ? `${shown} 等 ${names.length} 项` : `${shown} and ${more} more`;
  };
  return { zh: said('zh'), en: said('en') };
}

const NAMED = 3;
