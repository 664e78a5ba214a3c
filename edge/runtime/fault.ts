/**
 * The world failed: disk, broker, printer, network. Thrown, never returned; whoever owns the loop
 * decides whether to try again. (A refusal is a returned value; a bug is an assertion.)
 */
export class Fault extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.retryable = options.retryable;
  }
}
