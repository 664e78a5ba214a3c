/** What PostgreSQL says of a value that it cannot hold: whoever sent it has to send another one. */

/**
 * Whether an error is about a value (SQLSTATE class 22): a number that is too large, a NUL character,
 * half of a surrogate pair in JSON, a day that no calendar has.
 */
export function isBadValue(error: unknown): error is Error {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}
