/** Counts as the box answers them. Amounts in base units, decimal. */

/** What somebody saw in one place. */
export type CountLine = {
  readonly item: string;
  readonly lot?: string | null;
  readonly place?: string | null;
  readonly qty: string;
  readonly unit: string;
  readonly at: string;
  readonly actor: string | null;
  /** Earlier observations of the same place, newest first. */
  readonly kept?: readonly {
    readonly qty: string;
    readonly at: string;
    readonly actor: string | null;
  }[];
  /** The latest less what another person saw there last. */
  readonly disagreement?: string;
};

/** An item (or a lot of it) as a count adds it up: the sum of its lines, at the latest of their moments. */
export type CountedItem = {
  readonly item: string;
  readonly lot: string | null;
  readonly unit: string;
  readonly at: string;
  readonly counted: string;
  readonly posted: boolean;
  readonly book?: string;
  readonly variance?: string;
  /** Money; known once it is posted. */
  readonly cost?: string | null;
};

export type Count = {
  readonly count: string;
  readonly state: string;
  readonly lines: readonly CountLine[];
  readonly items: readonly CountedItem[];
};

/** A count in the list of all. */
export type CountHead = {
  readonly count: string;
  readonly state: string;
  readonly lastAt: string;
  readonly items: number;
  readonly places: readonly string[];
  readonly actors: readonly string[];
};

export type CountListItem = {
  readonly item: string;
  readonly place?: string | null;
  readonly why?: { readonly zh?: string; readonly en?: string };
};

/** What is worth counting now, and the shelves there are. */
export type CountList = {
  readonly items: readonly CountListItem[];
  readonly places: readonly { readonly place: string; readonly items: number }[];
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

/** Who counts on a shelf, other than `me`, since a moment: by the list of counts. */
export function countingAt(
  heads: readonly CountHead[],
  place: string,
  me: string | null,
  since: number,
): string[] {
  const near = heads.filter(
    ({ state, places, lastAt }) =>
      state !== 'posted' && places.includes(place) && Date.parse(lastAt) >= since,
  );
  return [...new Set(near.flatMap(({ actors }) => actors))].filter((actor) => actor !== me);
}

/** Who else has counted on this shelf lately, by actor; '' = somebody without a name. */
export function othersAt(
  count: Count | null,
  place: string,
  me: string | null,
  ownItems: ReadonlySet<string>,
  since: number,
): string[] {
  const names = new Set<string>();
  for (const line of count?.lines ?? []) {
    if ((line.place ?? '') !== place) continue;
    for (const { at, actor } of [line, ...(line.kept ?? [])]) {
      // Without a name only what this tablet has not counted can be another's.
      const mine = actor === me && (actor !== null || ownItems.has(line.item));
      if (!mine && Date.parse(at) >= since) names.add(actor ?? '');
    }
  }
  return [...names];
}

/** Whether somebody else has counted this item in this count, too. */
export function alsoCountedBy(
  count: Count | null,
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

/** Money of a difference: as posted, else by what a base unit costs now; null = not known. */
export function worthOf(line: CountedItem, unitCost: string | null | undefined): number | null {
  if (line.cost !== undefined && line.cost !== null) return Number(line.cost);
  if (line.variance === undefined || unitCost === null || unitCost === undefined) return null;
  return Math.round(Number(line.variance) * Number(unitCost) * 100) / 100;
}

/** Something differs from the book. */
export function isDifferent({ variance }: CountedItem): boolean {
  return variance !== undefined && Number(variance) !== 0;
}

/** What lies on the counted shelves, and was not counted: it stays as the book has it. */
export function leftOn(
  shelves: readonly Shelf[],
  places: readonly string[],
  counted: readonly CountedItem[],
): string[] {
  return shelves
    .filter((shelf) => places.includes(shelf.place))
    .flatMap((shelf) => shelf.items)
    .filter((item) => !counted.some((one) => one.item === item));
}
