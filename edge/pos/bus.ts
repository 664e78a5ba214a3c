/** The two ways to the POS: a broker inside the box, or somebody else's. The box sees only this. */

export type Message = {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
};

export type Bus = {
  publish(message: Message): void;
  /** Where a POS connects. */
  readonly address: { readonly host: string; readonly port: number };
  /** False while an external broker is away. */
  connected(): boolean;
  /** Stops taking messages, lets what is in work finish, closes. */
  close(): Promise<void>;
};

/** What the box does with what arrives. */
export type BusHandlers = {
  /**
   * Stores and settles; throws when it cannot store, and then nothing is acknowledged.
   * @returns what tells the results, to be called after the acknowledgement
   */
  receive(
    batch: readonly { terminal: string; body: Uint8Array; misaddressed?: string }[],
  ): () => void;
  /** A terminal's birth or will. @returns false for a stale will, which must not be passed on */
  terminalStatus(terminal: string, payload: Uint8Array): boolean;
  /** Somebody tried what they may not: shown to a person. */
  denied(who: string, what: string): void;
};
