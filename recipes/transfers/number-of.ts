/**
 * Numbers of goods between stores are given by the store whose name is in them, so that no two stores
 * can mean different things with one, and none can speak of another's: `TR-s1-20261123-001`.
 */

/** Whether a number is `KIND-STORE-YYYYMMDD-N` of this store. */
export function isNumberOf(kind: string, store: string, id: string): boolean {
  const prefix = `${kind}-${store}-`;
  return id.startsWith(prefix) && /^\d{8}-\d{1,9}$/.test(id.slice(prefix.length));
}
