/** Texts of the screen `prep`. The Chinese ones decide which texts exist. */
export const prepZh = {
  'prep.title': '备料',
} as const;

export const prepEn: Readonly<Record<keyof typeof prepZh, string>> = {
  'prep.title': 'Prep',
};
