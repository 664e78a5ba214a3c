/** Texts of the screen `count`. The Chinese ones decide which texts exist. */
export const countZh = {
  'count.title': '盘点',
} as const;

export const countEn: Readonly<Record<keyof typeof countZh, string>> = {
  'count.title': 'Count',
};
