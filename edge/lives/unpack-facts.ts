/** Facts as they travel: base64 of zstd of JSON. Head office and the bridge never look inside. */
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { Facts } from '#recipes/contracts/sync.ts';

/** A piece that unpacks to more is none of ours. */
const UNPACKED_MAX = 64 * 1024 * 1024;

const unzip = promisify(zstdDecompress);

/** The facts of a piece cannot be read: another version wrote them, or they were damaged. */
export class FactsError extends Error {
  override readonly name = 'FactsError';
}

/** @throws FactsError */
export async function unpackFacts(text: string): Promise<Facts> {
  try {
    const json = await unzip(Buffer.from(text, 'base64'), { maxOutputLength: UNPACKED_MAX });
    const facts = JSON.parse(json.toString('utf8')) as Partial<Facts>;
    if (facts.v === 1 && Array.isArray(facts.facts)) return { v: 1, facts: facts.facts };
  } catch (error) {
    throw new FactsError('they are not zstd of JSON', { cause: error });
  }
  throw new FactsError('this version does not know their shape');
}
