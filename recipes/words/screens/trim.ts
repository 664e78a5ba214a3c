/** Texts of the screen `trim`. The Chinese ones decide which texts exist. */
export const trimZh = {
  'trim.title': '修割与边角料',
} as const;

export const trimEn: Readonly<Record<keyof typeof trimZh, string>> = {
  'trim.title': 'Trim and offcuts',
};
