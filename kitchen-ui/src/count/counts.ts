/** Counts as the box answers them. Amounts in base units, decimal; `book` only for a manager. */
export type CountLine = {
  readonly item: string;
  readonly lot?: string | null;
  readonly place?: string | null;
  readonly qty: string;
  readonly unit: string;
  readonly at: string;
  readonly actor: string | null;
  readonly book?: string | null;
  readonly variance?: string | null;
  readonly cost?: string | null;
  /** Earlier observations of the same place, newest first. */
  readonly kept?: readonly {
    readonly qty: string;
    readonly at: string;
    readonly actor: string | null;
  }[];
  /** The latest less what another person saw there last. */
  readonly disagreement?: string;
};

export type Count = {
  readonly count: string;
  readonly state: 'open' | 'posted' | string;
  readonly lines: readonly CountLine[];
};

export type CountListItem = {
  readonly item: string;
  readonly place?: string | null;
  readonly why?: { readonly zh?: string; readonly en?: string };
};

/** What is worth counting now, and the shelves there are. */
export type CountList = {
  readonly items: readonly CountListItem[];
  readonly places: readonly (string | { readonly place: string })[];
};

/** A shelf and what lies on it, in the order of the stock. */
export type Shelf = { readonly place: string; readonly items: readonly string[] };

/** Shelves of the items, in the order in which the stock names them; without one: ''. */
export function shelvesOf(
  stock: readonly { readonly item: string; readonly station?: string | null }[],
): Shelf[] {
  const shelves = new Map<string, string[]>();
  for (const { item, station } of stock) {
    const place = station ?? '';
    const items = shelves.get(place);
    if (items === undefined) shelves.set(place, [item]);
    else items.push(item);
  }
  return [...shelves]
    .map(([place, items]) => ({ place, items }))
    .toSorted((a, b) => Number(a.place === '') - Number(b.place === ''));
}

/** Who else has counted on a shelf lately, by name of the actor; '' = somebody without a name. */
export function othersAt(
  counts: readonly Count[],
  place: string,
  me: string | null,
  ownItems: ReadonlySet<string>,
  since: number,
): string[] {
  const names = new Set<string>();
  for (const { state, lines } of counts) {
    if (state === 'posted') continue;
    for (const line of lines) {
      if ((line.place ?? '') !== place) continue;
      const seen = [{ at: line.at, actor: line.actor }, ...(line.kept ?? [])];
      for (const { at, actor } of seen) {
        // Without a name only what this tablet has not counted can be another's.
        const mine = actor === me && (actor !== null || ownItems.has(line.item));
        if (mine || Date.parse(at) < since) continue;
        names.add(actor ?? '');
      }
    }
  }
  return [...names];
}

/** Whether somebody else has counted this item in this count, too. */
export function alsoCountedBy(
  count: Count | undefined,
  item: string,
  place: string,
  me: string | null,
): string[] {
  const names = new Set<string>();
  for (const line of count?.lines ?? []) {
    if (line.item !== item || (line.place ?? '') !== place) continue;
    for (const { actor } of [line, ...(line.kept ?? [])]) {
      if (actor !== null && actor !== me) names.add(actor);
    }
  }
  return [...names];
}

/** What the lines of a count come to. Money only where every difference has one. */
export function totals(lines: readonly CountLine[]): {
  readonly different: number;
  readonly cost: number | null;
} {
  const different = lines.filter(({ variance }) => variance != null && Number(variance) !== 0);
  const costs = different.map(({ cost }) => (cost == null ? null : Number(cost)));
  const known = costs.filter((cost) => cost !== null);
  const cost = known.length === 0 ? null : known.reduce((total, one) => total + one, 0);
  return { different: different.length, cost };
}
