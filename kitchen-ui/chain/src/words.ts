import { chainEn, chainZh } from '#recipes/words/screens/chain.ts';
import { chainAccessEn, chainAccessZh } from '#recipes/words/screens/chain-access.ts';
import { chainBooksEn, chainBooksZh } from '#recipes/words/screens/chain-books.ts';
import { chainGoodsEn, chainGoodsZh } from '#recipes/words/screens/chain-goods.ts';
import { chainOfficeEn, chainOfficeZh } from '#recipes/words/screens/chain-office.ts';
import { chainTransfersEn, chainTransfersZh } from '#recipes/words/screens/chain-transfers.ts';
import { fillIn, type Lang, type Placeholder } from '#recipes/words/words.ts';

const zh = {
  ...chainZh,
  ...chainGoodsZh,
  ...chainOfficeZh,
  ...chainBooksZh,
  ...chainTransfersZh,
  ...chainAccessZh,
};
const en = {
  ...chainEn,
  ...chainGoodsEn,
  ...chainOfficeEn,
  ...chainBooksEn,
  ...chainTransfersEn,
  ...chainAccessEn,
};
const texts: Readonly<Record<Lang, Readonly<Record<ChainKey, string>>>> = { zh, en };

/** The texts of the chain's board, beside those that it shares with the tablet. */
export type ChainKey = keyof typeof zh;

/** What must be passed for the placeholders of `K`; nothing when it has none. */
export type ChainFill<K extends ChainKey> = [Placeholder<(typeof zh)[K]>] extends [never]
  ? []
  : [fill: Readonly<Record<Placeholder<(typeof zh)[K]>, string | number>>];

/** A text without placeholders. */
export type ChainPlainKey = { [K in ChainKey]: ChainFill<K> extends [] ? K : never }[ChainKey];

/** The text for `key` in `lang`, its placeholders filled. */
export function tell<K extends ChainKey>(lang: Lang, key: K, ...fill: ChainFill<K>): string {
  return fillIn(texts[lang][key], fill[0]);
}

/** The text for a key that is put together at run time, or `otherwise` when there is none. */
export function tellIfKnown(lang: Lang, key: string, otherwise: string): string {
  return Object.hasOwn(zh, key) ? texts[lang][key as ChainKey] : otherwise;
}
