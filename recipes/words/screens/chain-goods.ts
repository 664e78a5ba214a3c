/** Texts of the chain's board about goods: stock, reports, entries, transfers. */
export const chainGoodsZh = {
  'hq.goods.item': '物料',
} as const;

export const chainGoodsEn: Readonly<Record<keyof typeof chainGoodsZh, string>> = {
  'hq.goods.item': 'Item',
};
