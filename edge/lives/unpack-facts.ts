/** Facts as they travel: base64 of zstd of JSON. Head office and the bridge never look inside. */
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { Facts } from '#recipes/contracts/sync.ts';

/** A piece that unpacks to more is none of ours. */
const UNPACKED_MAX = 64 * 1024 * 1024;

const unzip = promisify(zstdDecompress);

/** @returns undefined when they cannot be read: a newer version wrote them, or they were damaged */
export async function unpackFacts(text: string): Promise<Facts | undefined> {
  try {
    const json = await unzip(Buffer.from(text, 'base64'), { maxOutputLength: UNPACKED_MAX });
    const facts = JSON.parse(json.toString('utf8')) as Partial<Facts>;
    return facts.v === 1 && Array.isArray(facts.facts) ? { v: 1, facts: facts.facts } : undefined;
  } catch {
    return undefined;
  }
}
