/** Texts of the screen `inbox`. The Chinese ones decide which texts exist. */
export const inboxZh = {
  'inbox.title': '待处理',
} as const;

export const inboxEn: Readonly<Record<keyof typeof inboxZh, string>> = {
  'inbox.title': 'Inbox',
};
