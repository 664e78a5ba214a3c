/** A state that cannot happen if our code is right. Never caught for business: it ends the process. */
export class Bug extends Error {
  override readonly name = 'Bug';
}

/** Stops with a `Bug` unless `cond` holds. For programmer errors only; what people write is checked. */
export function assert(cond: unknown, message: string): asserts cond {
  if (!cond) throw new Bug(message);
}

/** The value itself, or a `Bug` when it is missing. */
export function must<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new Bug(message);
  return value;
}

/** The end of an exhaustive switch: compiles only when every case is handled. */
export function unreachable(x: never): never {
  throw new Bug(`unreachable case: ${String(x)}`);
}
