/** What needs a person, put together from the parts of the box. */
import type { Words } from '#recipes/contracts/command.ts';
import { hqBookParts } from './box-catalog.ts';
import type { BoxParts } from './box-parts.ts';
import type { TakenHead } from './catalog/catalog-store.ts';
import { openCatalogReads } from './catalog/read-catalog.ts';
import { fingerprint } from './catalog/verify-version.ts';
import type { HeadOffice } from './feed/head-office.ts';
import type { Denials } from './inbox/denials.ts';
import { readInbox } from './inbox/inbox.ts';
import type { HqInboxParts, InboxItem, RefusedVersion } from './inbox/inbox-item.ts';
import type { DayChecks } from './pos/day-checks.ts';
import type { TerminalStates } from './pos/terminal-states.ts';

export type BoxInboxParts = {
  readonly parts: BoxParts;
  readonly states: TerminalStates;
  readonly denials: Denials;
  readonly dayChecks: DayChecks;
  readonly headOffice: HeadOffice;
};

export type BoxInbox = {
  /** Worked out anew each time it is asked. */
  read(): InboxItem[];
  /** How many things needed a person when it was last asked. */
  open(): number;
};

export function openBoxInbox(inside: BoxInboxParts): BoxInbox {
  const { parts, states, denials, dayChecks } = inside;
  const headOffice = hqInbox(parts, inside.headOffice);
  const { dropped } = openCatalogReads(hqBookParts(parts), parts.ports.now);
  let open = 0;
  return {
    read() {
      const items = readInbox({
        ...parts,
        ...parts.receiving,
        states,
        denials: denials.list,
        dayReport: dayChecks.report,
        printing: parts.printing.inbox,
        purchase: parts.purchasing.inbox,
        headOffice,
        dropped,
      });
      open = items.filter(({ severity }) => severity === 'act').length;
      return items;
    },
    open: () => open,
  };
}

/** A refused book stands until another is taken; a decision that came too late stands for a week. */
const REFUSED_KEPT_MS = 7 * 86_400_000;
const VERSIONS_READ = 50;

function hqInbox(parts: BoxParts, headOffice: HeadOffice): HqInboxParts {
  const { catalogStore, lives, ports } = parts;
  return {
    status: headOffice.status,
    refusedVersions() {
      const books = catalogStore.list(VERSIONS_READ, 'book');
      const taken = books.findIndex(({ state }) => state === 'taken');
      const since = ports.now() - REFUSED_KEPT_MS;
      const others = catalogStore
        .list(VERSIONS_READ)
        .filter(({ kind, receivedAt }) => kind !== 'book' && receivedAt >= since);
      return [...(taken < 0 ? books : books.slice(0, taken)), ...others]
        .filter(({ state }) => state === 'refused')
        .map(refusedVersion);
    },
    strangeKey() {
      const key = catalogStore.word('hqStrangeKey');
      return key === undefined ? undefined : { key, fingerprint: fingerprint(key) };
    },
    begunLives: lives.begun,
    takenLives: lives.taken,
  };
}

function refusedVersion({ version, kind, receivedAt, reason }: TakenHead): RefusedVersion {
  const said = reason === null ? undefined : (JSON.parse(reason) as Words);
  return { version, kind, at: receivedAt, reason: said ?? { en: 'no reason', zh: '未说明原因' } };
}
