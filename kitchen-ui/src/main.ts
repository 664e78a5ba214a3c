import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { createApi } from './api.ts';
import { newId } from './new-id.ts';
import { Session } from './state/session.svelte.ts';

// The one place that touches the browser's clock, chance, storage and network; all else is given them.
const session = new Session({ storage: localStorage, browserLanguage: navigator.language });

const token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token !== null && token !== '') {
  session.signIn(token);
  // A token in the address bar would end up in the history and on photographs of the screen.
  history.replaceState(null, '', location.pathname + location.search);
}

const now = (): number => Date.now();
const api = createApi({
  fetch: (input, init) => fetch(input, init),
  token: () => session.token,
  language: () => session.lang,
  newId: () => newId(now(), (bytes) => crypto.getRandomValues(bytes)),
  now,
});

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

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app');
mount(App, { target, props: { session, api, now, wait, jitter: () => Math.random() } });
