/**
 * The service worker: keeps the pages themselves on the tablet, so that a reload without the box works.
 * Entries are not its business (the outbox sends them from the page), nor is anything below /api.
 */
/** The files of this build and a digest of them; written in by `vite.config.ts`. */
declare const SHELL: { readonly version: string; readonly files: readonly string[] };

// The names of the page and of the worker cannot be known in one program; these few are enough.
type Extendable = Event & { readonly waitUntil: (work: Promise<unknown>) => void };
type Fetching = Event & {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
};
type ShellWorker = {
  readonly location: Location;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly skipWaiting: () => Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
};
const worker = globalThis as unknown as ShellWorker;

const CACHE = `larder-shell-${SHELL.version}`;
/** A box that answers slower than this is treated as away. */
const PATIENCE_MS = 2_500;

worker.addEventListener('install', (event) => {
  event.waitUntil(install());
});
worker.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});
worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (event.request.mode === 'navigate' && url.pathname === '/') event.respondWith(page());
  else if (SHELL.files.includes(url.pathname)) event.respondWith(file(event.request));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.files.map((path) => new Request(path, { cache: 'reload' })));
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The newest page while the box answers, else the one that is kept. */
async function page(): Promise<Response> {
  try {
    const fresh = await fetch('/', { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (fresh.ok) return fresh;
  } catch {
    // The box is away.
  }
  return (await caches.match('/', { cacheName: CACHE })) ?? Response.error();
}

/** Names below /assets carry a digest of the content: what is kept is what was asked for. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

// A program of its own, not a script that shares names with the page.
export {};
