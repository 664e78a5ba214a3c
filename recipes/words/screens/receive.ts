/** Texts of the screen `receive`. The Chinese ones decide which texts exist. */
export const receiveZh = {
  'receive.title': '收货',
} as const;

export const receiveEn: Readonly<Record<keyof typeof receiveZh, string>> = {
  'receive.title': 'Receive',
};
