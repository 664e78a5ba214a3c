/** Who may be on the line to head office. */

export type Scope = 'admin' | 'read' | 'wall';
export type Principal =
  | {
      readonly scope: Scope;
      readonly name: string;
      /** Number of the token; undefined: the admin token of head office itself, which is not revoked. */
      readonly token?: number;
    }
  /** A store's bridge, by the code of its store. */
  | { readonly store: string };
