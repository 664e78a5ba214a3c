/** What is open about events: not understood, contradicting, missing, waiting. */
import { STATUS } from '../pos/event-status.ts';
import type { StoredEvent } from '../pos/event-store.ts';
import { readStored } from '../pos/read-event.ts';
import { claimedIdOf } from '../pos/receive.ts';
import { type InboxItem, type InboxParts, iso, LIST_MAX } from './inbox-item.ts';

/** Events that were not understood, contradict a sale, or could not be settled. */
export function openEvents(parts: InboxParts): InboxItem[] {
  const list = [
    ...parts.events.withStatus(STATUS.quarantined, LIST_MAX),
    ...parts.events.withStatus(STATUS.conflict, LIST_MAX),
    ...parts.events.withStatus(STATUS.pending, LIST_MAX),
  ];
  return list.map((stored): InboxItem => {
    const [first] = stored.reasons;
    const poison = stored.status === STATUS.pending;
    const conflict = stored.status === STATUS.conflict;
    const event = stored.number;
    return {
      id: `event:${event}`,
      kind: poison ? 'poison' : conflict ? 'conflict' : 'quarantined',
      severity: 'act',
      since: iso(stored.receivedAt),
      title: conflict
        ? { en: 'Another sale under a used number', zh: '销售单号重复且内容不同' }
        : { en: 'An event was not understood', zh: '有一条事件无法识别' },
      detail: { en: first?.message ?? '', zh: first?.messageZh ?? '' },
      subject: {
        event,
        eventId: claimedIdOf(stored),
        terminal: parts.terminals.name(stored.terminal),
        reasons: stored.reasons,
        ...(conflict ? originalOf(parts, stored) : {}),
      },
      actions: [
        ...(conflict
          ? []
          : [
              {
                label: { en: 'Try again', zh: '重新处理' },
                command: { kind: 'quarantine.replay', data: { event } },
              },
            ]),
        {
          label: { en: 'Dismiss', zh: '忽略' },
          command: { kind: 'quarantine.dismiss', data: { event } },
        },
      ],
    };
  });
}

/** The event that defines the sale whose number was used again. */
function originalOf(parts: InboxParts, stored: StoredEvent): { original?: number } {
  const read = readStored(stored.body);
  const saleId = read && 'saleId' in read.data ? read.data.saleId : undefined;
  const sale = saleId === undefined ? undefined : parts.sales.find(saleId, stored.terminal);
  return sale ? { original: sale.event } : {};
}

/** More of a message than a person compares by eye. */
const SECOND_MAX = 4_000;

/** Ids that came again with other content. */
export function conflicts(parts: InboxParts): InboxItem[] {
  return parts.conflicts.open(LIST_MAX).map((conflict) => {
    const original = parts.events.get(conflict.event);
    const eventId = original ? claimedIdOf(original) : '';
    return {
      id: `conflict:${conflict.id}`,
      kind: 'conflict',
      severity: 'act',
      since: iso(conflict.receivedAt),
      title: { en: `${eventId} came twice, different`, zh: `${eventId} 收到两次且内容不同` },
      detail: {
        en: 'the first one counts; decide whether the second needs anything',
        zh: '以先到的为准;请确认后到的是否需要处理',
      },
      subject: {
        conflict: conflict.id,
        event: conflict.event,
        eventId,
        // The bytes that came second are kept with the conflict, not as an event.
        second: Buffer.from(conflict.body).toString('utf8').slice(0, SECOND_MAX),
        secondAt: iso(conflict.receivedAt),
      },
      actions: [
        {
          label: { en: 'The first one is right', zh: '以先到的为准' },
          command: { kind: 'quarantine.dismiss', data: { conflict: conflict.id } },
        },
      ],
    };
  });
}

/** Sequence numbers that have not arrived. */
export function gaps(parts: InboxParts): InboxItem[] {
  return parts.sequences.allGaps(LIST_MAX).map((gap) => {
    const terminal = parts.terminals.name(gap.terminal);
    const count = gap.high - gap.low + 1;
    const range = gap.low === gap.high ? `${gap.low}` : `${gap.low}–${gap.high}`;
    const data = { terminal, epoch: gap.epoch, from: gap.low, to: gap.high };
    return {
      id: `gap:${terminal}:${gap.epoch}:${gap.low}`,
      kind: 'gap',
      severity: 'act',
      since: iso(gap.since),
      title: { en: `${terminal}: ${count} events missing`, zh: `${terminal}:缺少 ${count} 条事件` },
      detail: {
        en: `numbers ${range} have not arrived; the POS was asked to send them again`,
        zh: `序号 ${range} 未收到;已要求收银端重发`,
      },
      subject: data,
      actions: [
        {
          label: { en: 'They will never come', zh: '确认不会再来' },
          command: { kind: 'gap.abandon', data },
        },
      ],
    };
  });
}

/** Voids and refunds whose sale has not arrived. */
export function heldVoids(parts: InboxParts): InboxItem[] {
  return parts.events
    .withStatus(STATUS.held, LIST_MAX)
    .filter((stored) => stored.type === 2 || stored.type === 3)
    .map((stored) => ({
      id: `void:${stored.number}`,
      kind: 'held_void',
      severity: 'watch',
      since: iso(stored.receivedAt),
      title: { en: 'A void waits for its sale', zh: '作废在等待对应的销售单' },
      detail: {
        en: stored.reasons[0]?.message ?? '',
        zh: stored.reasons[0]?.messageZh ?? '',
      },
      subject: { event: stored.number, eventId: stored.eventId },
      actions: [],
    }));
}
