/**
 * Which terminals are there, by their own birth and will. Both carry the session they belong to, so
 * that the late will of a dropped connection cannot mark a terminal as lost that has come back.
 */
import type { Ports } from '../runtime/ports.ts';

export type TerminalState = {
  readonly state: 'ready' | 'lost' | 'silent';
  readonly session: string | null;
  /** Epoch milliseconds of the last word from it, event or status. */
  readonly lastSeenAt: number | null;
};

export type TerminalStates = {
  /** @returns false for the will of an older session */
  noteStatus(terminal: string, payload: Uint8Array): boolean;
  noteEvent(terminal: string): void;
  get(terminal: string): TerminalState;
};

const UNKNOWN: TerminalState = { state: 'silent', session: null, lastSeenAt: null };

export function openTerminalStates(ports: Pick<Ports, 'now'>): TerminalStates {
  const states = new Map<string, TerminalState>();
  return {
    noteStatus(terminal, payload) {
      const said = readStatus(payload);
      if (said === undefined) return true;
      const known = states.get(terminal);
      const stale =
        said.state === 'lost' && known?.state === 'ready' && known.session !== said.session;
      if (stale) return false;
      states.set(terminal, { ...said, lastSeenAt: ports.now() });
      return true;
    },
    noteEvent(terminal) {
      const known = states.get(terminal) ?? UNKNOWN;
      // A terminal that sells is there, whether or not it says so.
      states.set(terminal, { state: 'ready', session: known.session, lastSeenAt: ports.now() });
    },
    get: (terminal) => states.get(terminal) ?? UNKNOWN,
  };
}

function readStatus(
  payload: Uint8Array,
): { state: 'ready' | 'lost'; session: string | null } | undefined {
  try {
    const value = JSON.parse(Buffer.from(payload).toString('utf8')) as Record<
      string,
      unknown
    > | null;
    const state = value?.['state'];
    const session = value?.['session'];
    if (state !== 'ready' && state !== 'lost') return undefined;
    return { state, session: typeof session === 'string' ? session : null };
  } catch {
    return undefined;
  }
}
