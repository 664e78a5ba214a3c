import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { createApi } from './api.ts';
import { listenForPresses, makeTick } from './frame/feedback.ts';
import { guardTaps } from './frame/taps.ts';
import { keptAnswers } from './keep/answers.ts';
import { openTabletDb } from './keep/db.ts';
import { newId } from './new-id.ts';
import { byLease, byWebLock } from './outbox/exclusive.ts';
import { idbOutbox, sturdyOutbox } from './outbox/idb-store.ts';
import { listenForScans } from './scan/wedge.ts';
import { Comfort } from './state/comfort.svelte.ts';
import { Outbox } from './state/outbox.svelte.ts';
import { Passes } from './state/passes.svelte.ts';
import { Place } from './state/place.svelte.ts';
import { Scale } from './state/scale.svelte.ts';
import { Scans } from './state/scans.ts';
import { Session } from './state/session.svelte.ts';

// The one place that touches the browser's clock, chance, storage and network; all else is given them.
const session = new Session({ storage: localStorage, browserLanguage: navigator.language });
takeFromAddress();

const now = (): number => Date.now();
const makeId = (): string => newId(now(), (bytes) => crypto.getRandomValues(bytes));
const passes = new Passes(now);
const place = new Place(location);
const scale = new Scale();
const scans = new Scans();
const comfort = new Comfort({
  storage: localStorage,
  vibrate: 'vibrate' in navigator ? (ms) => navigator.vibrate(ms) : null,
  tick: makeTick(() => new AudioContext()),
  scale: scalePage,
});
const api = createApi({
  fetch: (input, init) => fetch(input, init),
  token: () => session.token,
  pass: () => passes.current(),
  actor: () => session.who?.user,
  language: () => session.lang,
  newId: makeId,
});

const db = openTabletDb();
// Other tabs of this tablet show the same entries.
const tabs = new BroadcastChannel('larder-outbox');
const outbox = new Outbox({
  store: async (broken) => {
    const opened = await db.catch(() => null);
    if (opened === null) broken();
    return sturdyOutbox(opened === null ? null : idbOutbox(opened), broken);
  },
  send: (commands) => api.send(commands),
  reachable: async () => session.token !== '' && (await api.reachable()),
  now,
  newId: makeId,
  offsetMs: () => session.clockOffset,
  actor: () => session.who?.user,
  exclusive: oneTabAtATime(),
  tellTabs: () => tabs.postMessage('changed'),
});
tabs.addEventListener('message', () => void outbox.reload());

const FLUSH_EVERY_MS = 15_000;
const flush = (): void => void outbox.flush();
addEventListener('focus', flush);
addEventListener('online', flush);
setInterval(flush, FLUSH_EVERY_MS);
flush();

addEventListener('hashchange', () => {
  takeFromAddress();
  place.read();
});
guardTaps(window);
listenForPresses(window, () => comfort.tapped());
listenForScans(window, (text, startedAt) => scans.took(text, startedAt));
addEventListener('beforeunload', (event) => {
  if (outbox.broken && outbox.waiting > 0) event.preventDefault();
});

void keepPages();

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app');
const tablet = {
  session,
  api,
  outbox,
  answers: keptAnswers(db),
  passes,
  place,
  scale,
  scans,
  comfort,
};
mount(App, { target, props: { tablet, now, wait, jitter: () => Math.random() } });

/** `#token=…` and `#pair=…` are taken and cleaned away: the history and photographs must not have them. */
function takeFromAddress(): void {
  const given = new URLSearchParams(location.hash.slice(1));
  const token = given.get('token') ?? '';
  const code = given.get('pair') ?? '';
  if (token === '' && code === '') return;
  if (token !== '') session.signIn(token);
  session.pairing = code;
  history.replaceState(null, '', location.pathname + location.search);
}

/** Only HTTPS and localhost have service workers; elsewhere the page must stay open without the box. */
async function keepPages(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  try {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
    session.worksOffline = true;
    // Kept even when the tablet runs short of space.
    await navigator.storage?.persist?.();
  } catch {
    session.worksOffline = false;
  }
}

/** Tablets draw a narrower page larger; a desk's browser has its own zoom and ignores this. */
function scalePage(factor: number): void {
  const width = factor === 1 ? 'device-width' : Math.round(screen.width / factor);
  document
    .querySelector('meta[name="viewport"]')
    ?.setAttribute('content', `width=${width}, initial-scale=${factor}, viewport-fit=cover`);
}

/** By the browser's locks where they exist (HTTPS, localhost), else by a record in the database. */
function oneTabAtATime(): (work: () => Promise<void>) => Promise<boolean> {
  if ('locks' in navigator) return byWebLock(navigator.locks);
  const holder = makeId();
  return async (work) => {
    const opened = await db.catch(() => null);
    if (opened !== null) return byLease(opened, holder, now)(work);
    await work();
    return true;
  };
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    function stop(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', stop, { once: true });
  });
}
