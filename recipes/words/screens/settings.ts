/** Texts of the screen `settings`. The Chinese ones decide which texts exist. */
export const settingsZh = {
  'settings.title': '设置',
} as const;

export const settingsEn: Readonly<Record<keyof typeof settingsZh, string>> = {
  'settings.title': 'Settings',
};
