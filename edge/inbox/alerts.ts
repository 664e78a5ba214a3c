/**
 * Open alerts as retained messages: whoever listens sees what needs a person without asking. Something
 * must stand for two rounds before it is told, so that a sale that overtakes another is no alarm.
 */
import type { Bus } from '../pos/bus.ts';
import type { Topics } from '../pos/topics.ts';
import type { Log } from '../runtime/log.ts';
import type { InboxItem } from './inbox-item.ts';

export type Alerts = {
  /** Compares with what was told before. */
  round(): void;
};

export function openAlerts(parts: {
  readonly inbox: () => readonly InboxItem[];
  readonly topics: Topics;
  readonly log: Log;
  readonly bus: () => Bus | undefined;
}): Alerts {
  let seen = new Set<string>();
  const told = new Map<string, string>();
  /** What people are told must never end what sales depend on. */
  function openItems(): readonly InboxItem[] | undefined {
    try {
      return parts.inbox().filter((item) => item.severity === 'act');
    } catch (error) {
      parts.log.error({ err: error }, 'the inbox could not be worked out');
      return undefined;
    }
  }

  return {
    round() {
      const open = openItems();
      if (open === undefined) return;
      for (const item of open) {
        const payload = JSON.stringify({
          id: item.id,
          kind: item.kind,
          since: item.since,
          title: item.title,
          detail: item.detail,
        });
        if (!seen.has(item.id) || told.get(item.id) === payload) continue;
        told.set(item.id, payload);
        parts.bus()?.publish({ topic: parts.topics.alert(item.id), payload, retain: true });
      }
      const now = new Set(open.map((item) => item.id));
      for (const id of told.keys()) {
        if (now.has(id)) continue;
        told.delete(id);
        parts.bus()?.publish({ topic: parts.topics.alert(id), payload: '', retain: true });
      }
      seen = now;
    },
  };
}
