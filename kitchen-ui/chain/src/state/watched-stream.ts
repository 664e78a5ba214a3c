/** Head office sends a sign of life every 15 s; without one for so long the line is dead. */
export const SILENCE_MS = 40_000;

/**
 * Opens a stream that ends by itself when nothing comes any more: a connection through a router that
 * forgot it looks alive for ever.
 * @param signal ends it, too
 */
export async function openWatched(
  open: (signal: AbortSignal) => Promise<Response>,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<Response> {
  const silent = new AbortController();
  const ended = AbortSignal.any([signal, silent.signal]);
  let watch = new AbortController();
  const heard = () => {
    watch.abort();
    watch = new AbortController();
    wait(SILENCE_MS, AbortSignal.any([ended, watch.signal])).then(
      () => silent.abort(new Error('silent')),
      () => {},
    );
  };
  heard();
  const response = await open(ended).catch((error: unknown) => {
    watch.abort();
    throw error;
  });
  if (!response.ok || response.body === null) {
    watch.abort();
    return response;
  }
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        heard();
        controller.enqueue(chunk);
      },
      flush: () => watch.abort(),
    }),
  );
  return new Response(body, { status: response.status });
}
