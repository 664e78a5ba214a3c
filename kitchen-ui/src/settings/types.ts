/** Answers of the box about tablets and the set-up, as far as the pages use them. */
export type Device = {
  readonly device: string;
  readonly name: string;
  readonly station: string | null;
  readonly pairedAt: string;
  readonly revokedAt: string | null;
  readonly lastSeenAt: string | null;
};

export type Offer = { readonly code: string; readonly url: string; readonly expiresAt: string };

export type PosSeen = {
  readonly terminal: string;
  readonly at: string;
  readonly event: number;
  readonly status: string;
  readonly lines: { readonly applied: number; readonly held: number };
};

export type Setup = {
  readonly book: { readonly items: number; readonly recipes: number } | null;
  readonly posSeen: PosSeen | null;
  /** Null on a paired tablet: only the admin sees it. */
  readonly posCredentials: {
    readonly url: string;
    readonly topic: string;
    readonly username: string;
    readonly password: string;
  } | null;
  readonly printers: readonly string[];
  readonly devices: number;
  readonly people: number;
  readonly reach?: { readonly loopbackOnly: boolean; readonly lan: readonly string[] };
  readonly done: boolean;
};
