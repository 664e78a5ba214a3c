/** Opens and ends alarms, and tells boards and webhooks of each, once. */
import type { Timer } from '../../../edge/runtime/ports.ts';
import { readPasts } from '../board/past.ts';
import { steadyLoop } from '../loop.ts';
import type { HqParts } from '../parts.ts';
import { eventId } from '../webhooks/event-id.ts';
import type { EventType, WebhookEvent } from '../webhooks/event-types.ts';
import { DELIVERIES_EVENT } from '../webhooks/sending-loop.ts';
import { addDeliveries } from '../webhooks/webhook-store.ts';
import { type Alarm, bringUpToDate, refusedVersions } from './alarm-store.ts';
import { ALARM_KINDS, type AlarmKind } from './alarm-words.ts';
import { causesOf } from './causes.ts';

const ROUND_MS = 10_000;
const KINDS = Object.keys(ALARM_KINDS) as AlarmKind[];

const EVENTS: Readonly<Record<AlarmKind, EventType>> = {
  silent: 'store.silent',
  lag: 'store.late',
  differs: 'store.differs',
  two_boxes: 'store.two_boxes',
  refused: 'store.refused',
};

/** Opens and ends alarms of silence, lag, differences and second boxes, again and again. */
export function alarmLoop(parts: HqParts): Timer {
  const startedAt = parts.ports.mono();
  return steadyLoop(parts, 'alarms', ROUND_MS, () =>
    lookForAlarms(parts, parts.ports.mono() - startedAt),
  );
}

/** One look at all stores. @param listeningMs for how long head office has been up */
export async function lookForAlarms(
  parts: Pick<HqParts, 'db' | 'ports' | 'wire' | 'log'>,
  listeningMs: number,
): Promise<void> {
  const { chain } = parts.db;
  const now = parts.ports.now();
  const all = await readPasts(parts);
  // Of stores whose server does not answer nothing is known: their alarms stay as they are.
  const pasts = all.filter(({ away }) => !away);
  const causes = pasts.flatMap((past) => causesOf(past, now, listeningMs));
  const known = new Set(pasts.map(({ store }) => store.code));
  for (const { store, ...detail } of await refusedVersions(chain)) {
    if (known.has(store)) causes.push({ store, kind: 'refused', detail });
  }
  const kinds = watched(listeningMs);
  const away = all.filter((past) => past.away).map(({ store }) => store.code);
  const { opened, ended } = await bringUpToDate(
    chain,
    { causes, kinds, away },
    async (client, first, last) => {
      await addDeliveries(client, [...first.map(openedEvent), ...last.map(endedEvent)]);
    },
  );
  for (const alarm of [...opened, ...ended]) {
    parts.log.warn({ alarm: alarm.kind, store: alarm.store, ended: alarm.endedAt }, 'alarm');
    const data = { ...alarm, words: wordsOf(alarm.kind) };
    parts.wire.tell({ kind: 'alarm', store: alarm.store, data });
    parts.wire.tell({ kind: 'store', store: alarm.store, data: {} });
  }
  if (opened.length + ended.length > 0) {
    parts.wire.tell({ kind: DELIVERIES_EVENT, store: '*', data: {} });
  }
}

/** A head office that has just come up cannot say yet that nobody is silent. */
function watched(listeningMs: number): AlarmKind[] {
  const justUp = listeningMs <= QUIET_MS;
  return KINDS.filter((kind) => !justUp || (kind !== 'silent' && kind !== 'lag'));
}

/** As long as what silence and lag are measured by. */
const QUIET_MS = 5 * 60_000;

/** An alarm in words; a kind of a newer version as it is called. */
export function wordsOf(kind: string): { zh: string; en: string } {
  return ALARM_KINDS[kind as AlarmKind] ?? { zh: kind, en: kind };
}

function openedEvent(alarm: Alarm): WebhookEvent {
  const { id, store, kind, since, detail } = alarm;
  return {
    id: eventId('alarm', id),
    type: EVENTS[kind as AlarmKind],
    at: since,
    data: { alarm: id, store, kind, since, words: wordsOf(kind), ...detail },
  };
}

function endedEvent({ id, store, kind, since, endedAt }: Alarm): WebhookEvent {
  return {
    id: eventId('alarm', id, 'ended'),
    type: 'alarm.ended',
    at: endedAt ?? since,
    data: { alarm: id, store, kind, since, endedAt },
  };
}
