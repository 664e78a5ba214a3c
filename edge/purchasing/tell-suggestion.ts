/**
 * Keeps the summary of the next suggestion on the bus, `order/suggestion/{date}` as a retained message,
 * and tells when it has changed. Looked at now and then, and only after something has happened.
 */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { Log } from '../runtime/log.ts';
import type { SuggestionView } from './suggest-view.ts';
import type { Suggestions } from './suggestions.ts';

export type TellParts = {
  readonly suggestions: Suggestions;
  /** A new book, day or note: it is looked at once. */
  readonly key: () => string;
  /** Whatever else it depends on, the ledger's sequence and the time: looked at now and then. */
  readonly mark: () => string;
  readonly topic: (date: string) => string;
  readonly publish: (message: { topic: string; payload: string; retain: true }) => void;
  /** The suggestion that a screen shows is out of date. */
  readonly changed: () => void;
  /** The box is being stopped: what fails now is no news. */
  readonly stopping: () => boolean;
  readonly log: Log;
};

export type Teller = {
  /** Looks whether there is something to tell. Never fails. */
  round(): Promise<void>;
};

/** Calls of `round`. */
const NOW_AND_THEN = 15;

/** Keeps the retained summary of the next suggestion true. */
export function openTeller(parts: TellParts): Teller {
  let seen = { key: '', mark: '' };
  let calls = 0;
  let told: { topic: string; text: string } | undefined;
  let busy = false;

  function tell(view: SuggestionView): void {
    const { madeAt, ...news } = summaryOf(view);
    const text = JSON.stringify(news);
    const topic = parts.topic(view.for);
    if (told?.topic === topic && told.text === text) return;
    if (told && told.topic !== topic)
      parts.publish({ topic: told.topic, payload: '', retain: true });
    const payload = JSON.stringify({ ...news, madeAt });
    told = { topic, text };
    parts.publish({ topic, payload, retain: true });
    parts.changed();
  }

  return {
    async round() {
      const now = { key: parts.key(), mark: parts.mark() };
      const due = ++calls % NOW_AND_THEN === 0 && now.mark !== seen.mark;
      if (busy || (now.key === seen.key && !due)) return;
      busy = true;
      seen = now;
      try {
        const view = await parts.suggestions.read();
        if (view) tell(view);
      } catch (error) {
        if (!parts.stopping()) parts.log.error({ err: error }, 'the suggestion could not be made');
      } finally {
        busy = false;
      }
    },
  };
}

/** What a program needs to know without asking: how much from whom until when, and where the rest is. */
export function summaryOf(view: SuggestionView) {
  const { suppliers, currency, day, madeAt } = view;
  const total = suppliers.reduce((sum, { subtotal }) => sum + microFromDecimal(subtotal), 0);
  return {
    for: view.for,
    day,
    madeAt,
    currency,
    total: decimalFromMicro(total),
    suppliers: suppliers.map(({ supplier, arrivesAt, cutOff, pastCutOff, subtotal, lines }) => ({
      supplier,
      arrivesAt,
      cutOff,
      pastCutOff,
      lines: lines.filter(({ packs }) => packs > 0).length,
      subtotal,
    })),
    url: `/api/v1/suggestions?for=${view.for}`,
  };
}
