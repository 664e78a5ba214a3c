/** Texts of the screen `setup`. The Chinese ones decide which texts exist. */
export const setupZh = {
  'setup.title': '首次设置',
} as const;

export const setupEn: Readonly<Record<keyof typeof setupZh, string>> = {
  'setup.title': 'First set-up',
};
