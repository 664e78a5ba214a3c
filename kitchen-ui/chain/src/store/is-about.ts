/** Are these news of the stream about this store? */
export function isAbout(data: unknown, store: string): boolean {
  return typeof data === 'object' && data !== null && 'store' in data && data.store === store;
}
