/** The bridge's door: the feed, and what the bridge brings back, each handed to the part that takes it. */
import { openCaptions } from './box-captions.ts';
import type { BoxParts } from './box-parts.ts';
import { openBalanceDigest } from './feed/balance-digest.ts';
import { openFactStore } from './feed/fact-store.ts';
import { openFeed } from './feed/feed.ts';
import { openFeedStore } from './feed/feed-store.ts';
import { type HeadOffice, openHeadOffice } from './feed/head-office.ts';
import { openNewsWait } from './feed/news-wait.ts';
import { openRefold } from './feed/refold.ts';
import type { FeedRouteParts } from './http/feed-routes.ts';
import { programVersion } from './installation.ts';
import { openFoldStore } from './ledger/fold-store.ts';
import type { Timer } from './runtime/ports.ts';
import { storeName } from './store-name.ts';

export type BoxFeed = {
  readonly headOffice: HeadOffice;
  /** What happens to lives goes through the doors, which are opened later. */
  readonly routes: Omit<FeedRouteParts, 'lives'>;
  /** Adds up all entries once a day. */
  start(): Timer;
  /** An event arrived, with an entry or without one. */
  received(): void;
  /** Lets the bridge go; it comes back when the box is there again. */
  close(): void;
};

export type FeedWords = {
  /** Of this run of the program. */
  readonly session: string;
  /** How many things need a person. */
  readonly open: () => number;
};

export function openBoxFeed(parts: BoxParts, said: FeedWords): BoxFeed {
  const { config, db, ledger, ports } = parts;
  const store = openFeedStore(db);
  const version = programVersion();
  const life = () => parts.incarnation.life();
  const headOffice = openHeadOffice({
    store,
    seq: ledger.seq,
    incarnation: () => life().incarnation,
    configured: config.hqUrl !== '',
    onAck: (seq) => refold.acked(seq),
    now: ports.now,
    mono: ports.mono,
  });
  const wait = openNewsWait(ports);
  const digest = openBalanceDigest(ledger);
  const refold = openRefold({
    store: openFoldStore(db),
    seq: ledger.seq,
    digest,
    dayOf: parts.receiving.dayOf,
    ports,
    log: parts.log,
    done: wait.news,
  });
  ledger.onChange(() => {
    headOffice.appended();
    wait.news();
  });
  const feed = openFeed({
    store,
    ledger,
    headOffice,
    wait,
    life,
    digest,
    caption: openCaptions(parts),
    refold: refold.pending,
    refolded: refold.waits,
    about: () => ({
      session: said.session,
      version,
      name: storeName(parts),
      timezone: config.timezone,
      dayStart: config.dayStart,
      sentAt: ports.now(),
      open: said.open(),
      catalogHead: parts.catalog.head(),
    }),
    mono: ports.mono,
    soon: ports.soon,
    facts: openFactStore(db),
  });
  return {
    headOffice,
    routes: {
      feed,
      catalogHead: () => parts.catalog.head(),
      catalog: (version) => parts.catalog.take(version),
      catalogAside: (version) => parts.catalog.putAside(version),
      decide() {
        parts.catalog.takeAside().catch((error: unknown) => {
          parts.log.error(
            { err: error },
            'decisions of head office still wait; they are tried again',
          );
        });
      },
    },
    start: refold.start,
    received: wait.news,
    close: wait.close,
  };
}
