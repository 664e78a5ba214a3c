/** Texts of the chain's board about what head office does: approvals, versions, access. */
export const chainOfficeZh = {
  'hq.office.by': '由',
} as const;

export const chainOfficeEn: Readonly<Record<keyof typeof chainOfficeZh, string>> = {
  'hq.office.by': 'by',
};
