import type { Name } from '#recipes/words/words.ts';

/** What `GET /credits` answers, as far as the page uses it. Money as decimal texts. */
export type CreditsAnswer = {
  readonly currency: string;
  readonly suppliers: readonly {
    readonly supplier: string | null;
    readonly name: Name;
    /** What returned goods had cost less what was credited for them. */
    readonly owed: string;
  }[];
  readonly returns: readonly Returned[];
  readonly credits: readonly {
    readonly credit: string;
    readonly at: string;
    readonly supplier: string;
    readonly amount: string;
    readonly note: string | null;
  }[];
};

export type Returned = {
  readonly entry: number;
  readonly at: string;
  readonly supplier: string | null;
  readonly reason: string | null;
  readonly lines: readonly {
    readonly item: string | null;
    readonly name: Name;
    readonly qty: string | null;
    readonly unit: string | null;
  }[];
  readonly cost: string | null;
  readonly owed: string | null;
};
