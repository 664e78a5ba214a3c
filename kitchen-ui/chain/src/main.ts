import { mount } from 'svelte';
import '../../src/app.css';
import { newId } from '../../src/new-id.ts';
import { Place } from '../../src/state/place.svelte.ts';
import { Session } from '../../src/state/session.svelte.ts';
import App from './App.svelte';
import { createApi } from './api.ts';

// The one place that touches the browser's clock, chance, storage and network; all else is given them.
const session = new Session({ storage: localStorage, browserLanguage: navigator.language });
/** A wall's link stays in the address: after a power cut the screen opens the same page again. */
const wallToken = fragment().get('wall') ?? '';
takeFromAddress();

// A wall's link says in which language and light, because nobody is there to press a button.
const { lang, theme } = Object.fromEntries(fragment());
if (wallToken !== '' && (lang === 'zh' || lang === 'en')) session.lang = lang;
if (wallToken !== '' && (theme === 'dark' || theme === 'light')) session.theme = theme;

const place = new Place(location, 'stores');
addEventListener('hashchange', () => {
  // Another link of a wall, or the way from a wall to the board: a page of its own.
  if ((fragment().get('wall') ?? '') !== wallToken) location.reload();
  takeFromAddress();
  place.read();
});

const now = (): number => Date.now();
const api = createApi({
  fetch: (input, init) => fetch(input, init),
  token: () => (wallToken === '' ? session.token : wallToken),
  language: () => session.lang,
  newId: () => newId(now(), (bytes) => crypto.getRandomValues(bytes)),
});

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app');
const desk = {
  session,
  api,
  place,
  origin: location.origin,
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};
mount(App, {
  target,
  props: { desk, wall: wallToken !== '', now, wait, jitter: () => Math.random() },
});

function fragment(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

/** `#token=…` is taken and cleaned away: the history and photographs must not have it. */
function takeFromAddress(): void {
  const token = fragment().get('token') ?? '';
  if (token === '') return;
  session.signIn(token);
  history.replaceState(null, '', location.pathname + location.search);
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
