/** A port that is free now: the one that is wanted, else the next one above. */
import { createServer } from 'node:http';

const TRIES = 50;

/** @throws when none of the next ports is free */
export async function freePort(host: string, wanted: number): Promise<number> {
  if (wanted === 0) return 0;
  for (let port = wanted; port < Math.min(wanted + TRIES, 65_536); port++) {
    if (await isFree(host, port)) return port;
  }
  throw new Error(`no port from ${wanted} to ${wanted + TRIES - 1} is free on ${host}`);
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
