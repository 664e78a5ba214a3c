/**
 * What needs a person, worked out from the facts each time it is asked: nothing is filed away twice,
 * so nothing can be forgotten here or linger after it was fixed. Each thing comes with its button.
 */
import { dayText } from '#recipes/time/business-day.ts';
import { droppedDishes } from './book-items.ts';
import { conflicts, gaps, heldVoids, openEvents } from './event-items.ts';
import { hqItems } from './hq-items.ts';
import { type InboxItem, type InboxParts, iso } from './inbox-item.ts';
import { menuCoverage } from './menu-items.ts';
import { orderItems } from './order-items.ts';
import { inferredPrep } from './prep-items.ts';
import { printItems } from './print-items.ts';
import { unknownSkus } from './sku-items.ts';
import { shelves } from './stock-items.ts';
import { transferItems } from './transfer-items.ts';

const DAYS_CHECKED = 3;

export function readInbox(parts: InboxParts): InboxItem[] {
  return [
    ...unknownSkus(parts),
    ...openEvents(parts),
    ...conflicts(parts),
    ...gaps(parts),
    ...heldVoids(parts),
    ...dayCloses(parts),
    ...menuCoverage(parts),
    ...orderItems(parts),
    ...transferItems(parts.transfers, parts.now()),
    ...inferredPrep(parts),
    ...printItems(parts.printing),
    ...shelves(parts),
    ...denied(parts),
    ...lostTerminals(parts),
    ...hqItems(parts.headOffice, parts.now()),
    ...droppedDishes(parts.dropped(), parts.now()),
  ];
}

function dayCloses(parts: InboxParts): InboxItem[] {
  return parts.dayCloses.days(DAYS_CHECKED).flatMap((day): InboxItem[] => {
    const report = parts.dayReport(day);
    const wrong = report.terminals.filter((t) => t.agrees === false);
    if (wrong.length === 0) return [];
    const names = wrong.map((t) => t.terminal).join(', ');
    return [
      {
        id: `day:${day}`,
        kind: 'dayclose',
        severity: 'act',
        since: iso(parts.now()),
        title: { en: `Day ${dayText(day)} does not add up`, zh: `${dayText(day)} 日结不平` },
        detail: {
          en: `${names} counted other totals than what arrived here`,
          zh: `${names} 的日结总数与收到的不一致`,
        },
        subject: { day: dayText(day), terminals: wrong },
        actions: [],
      },
    ];
  });
}

function denied(parts: InboxParts): InboxItem[] {
  return parts.denials().map((denial) => ({
    id: `denied:${denial.who}:${denial.what}`,
    kind: 'denied',
    severity: 'watch',
    since: iso(denial.at),
    title: { en: `${denial.who} was refused`, zh: `${denial.who} 被拒绝` },
    detail: {
      en: `tried to ${denial.what} (${denial.times}×); check its settings`,
      zh: `尝试 ${denial.what}(${denial.times} 次);请检查其设置`,
    },
    subject: { who: denial.who, what: denial.what, times: denial.times },
    actions: [],
  }));
}

function lostTerminals(parts: InboxParts): InboxItem[] {
  return parts.terminals.names().flatMap((terminal): InboxItem[] => {
    const state = parts.states.get(terminal);
    if (state.state !== 'lost') return [];
    return [
      {
        id: `terminal:${terminal}`,
        kind: 'terminal_lost',
        severity: 'watch',
        since: iso(state.lastSeenAt ?? parts.now()),
        title: { en: `${terminal} is gone`, zh: `${terminal} 已断开` },
        detail: {
          en: 'stock may be too high until it comes back',
          zh: '在其恢复之前库存可能偏高',
        },
        subject: { terminal },
        actions: [],
      },
    ];
  });
}
