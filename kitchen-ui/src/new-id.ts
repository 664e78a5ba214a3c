/**
 * An id for a command: time first so that ids sort as they were made, then 80 random bits. Made from
 * `getRandomValues`, because `randomUUID` does not exist on plain HTTP, which is how a shop's tablet
 * reaches the box.
 */
export function newId(now: number, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(10);
  fillRandom(bytes);
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `ui-${Math.floor(now).toString(36).padStart(9, '0')}-${random}`;
}
