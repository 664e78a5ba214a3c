/** How other machines in the shop reach this one. */
import { networkInterfaces } from 'node:os';

export type Reach = {
  /** What the box listens on, as configured. */
  readonly host: string;
  /** Addresses of this machine in the shop's network, IPv4 first. */
  readonly lan: readonly string[];
  /** True: only programs on this machine reach it. */
  readonly loopbackOnly: boolean;
};

/** @param host what the box listens on: `127.0.0.1`, `0.0.0.0`, a name or an address */
export function reachOf(host: string): Reach {
  return { host, lan: lanAddresses(), loopbackOnly: isLoopback(host) };
}

/**
 * The address of the pages for a tablet: as the asking browser reached the box; if that was on the box
 * itself, the first address in the shop's network, where the box listens to it.
 * @param asked the Host header: `kitchen.local:8080`
 * @returns `http://HOST:PORT`
 */
export function addressForTablets(listens: string, asked: string | undefined): string {
  const [, name = '127.0.0.1', port = ''] = HOST.exec(asked ?? '') ?? [];
  const { lan, loopbackOnly } = reachOf(listens);
  const host = isLoopback(name) && !loopbackOnly ? (lan[0] ?? name) : name;
  return `http://${written(host)}${port}`;
}

/** The host of a broker or server for others: never the wildcard it listens on. */
export function hostForOthers(listens: string, asked: string | undefined): string {
  if (!WILDCARDS.has(listens)) return written(listens);
  return new URL(addressForTablets(listens, asked)).hostname;
}

const HOST = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?$/;
const WILDCARDS = new Set(['0.0.0.0', '::', '[::]']);

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host);
}

function written(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function lanAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outside = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
  const first = outside.filter(({ family }) => family === 'IPv4');
  const second = outside.filter(({ family }) => family !== 'IPv4');
  return [...first, ...second].map(({ address }) => address);
}
