/** Writes a small file whole or not at all, and so that a power cut afterwards cannot take it back. */
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @param mode rights of the file, like 0o600 */
export function writeFileDurably(file: string, content: string | Uint8Array, mode: number): void {
  const draft = `${file}.new`;
  withFile(draft, 'w', (handle) => {
    fchmodSync(handle, mode);
    writeFileSync(handle, content);
    fsyncSync(handle);
  });
  renameSync(draft, file);
  // The new name is in the folder, which has a cache of its own.
  withFile(dirname(file), 'r', fsyncSync);
}

function withFile(path: string, flags: string, work: (handle: number) => void): void {
  const handle = openSync(path, flags);
  try {
    work(handle);
  } finally {
    closeSync(handle);
  }
}
