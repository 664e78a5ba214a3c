/** What an opened book answers with. */
import type { Micro } from './amount.ts';
import type { Name } from './book/fields.ts';
import type { Weekday } from './contracts/book.ts';
import type { Rational } from './rational.ts';
import type { BaseUnit } from './unit-words.ts';

/** What is stocked: an item, or a recipe that is made ahead. Amounts are in millionths of `unit`. */
export type StockItem = {
  readonly id: string;
  readonly name: Name;
  readonly unit: BaseUnit;
  /** A stocked recipe, made here in batches. */
  readonly made: boolean;
  readonly category?: string;
  readonly role: 'main' | 'auxiliary';
  readonly station?: string;
  readonly allergens: readonly string[];
  /** How long it keeps from receipt (or making), and from opening. */
  readonly shelfLifeMs?: number;
  readonly openedMs?: number;
  /** How long it keeps after thawing, and after freezing. */
  readonly thawedMs?: number;
  readonly frozenMs?: number;
  /** The warmest it may be at the door, °C; undefined: nobody measures it. */
  readonly maxTemperature?: number;
  readonly barcodes: readonly string[];
  /** Its own units that people count in ("pack"), in the order of the book. */
  readonly unitNames: readonly string[];
  /**
   * AP to EP, within (0, 1]: the item's own yield, else the one that all recipe lines using it have in
   * common, else 1.
   */
  readonly yield: Rational;
  /** Order point, order up to, room for; 0 where the book is silent. */
  readonly safety: Micro;
  readonly par: Micro;
  readonly max: Micro;
  /**
   * An amount as people write it ("2 pack", "4.2 kg", a bare number in `unit`) in millionths of `unit`.
   * @throws QuantityError with words in both languages
   */
  convert(amount: string | number): Micro;
};

/** `amount` > 0, millionths of the item's base unit, for 1 sold unit. */
export type Take = { readonly item: string; readonly amount: Micro };

export type SkuMeaning =
  | { readonly kind: 'dish'; readonly recipe: string }
  | { readonly kind: 'modifier' };

/** One ingredient of a recipe, for one run of its lines. */
export type RecipeLineInfo = {
  readonly kind: 'item' | 'recipe';
  /** Id of the item or recipe. */
  readonly target: string;
  readonly unit: BaseUnit;
  /** What goes into the pot (EP) and what leaves stock for it (AP), millionths of `unit`. */
  readonly ep: Micro;
  readonly ap: Micro;
  /** EP / AP. */
  readonly yield: Rational;
  /** Only in sales of these channels; undefined: always. */
  readonly channels: readonly string[] | undefined;
};

export type RecipeInfo = {
  readonly id: string;
  readonly name: Name;
  readonly skus: readonly string[];
  /** Decimal text in the book's currency. */
  readonly price?: string;
  readonly category?: string;
  readonly station?: string;
  readonly kept: 'stocked' | 'transparent';
  /** A dish has a sku; a sub-recipe has none. */
  readonly kind: 'dish' | 'sub';
  readonly unit: BaseUnit;
  /** What one run of its lines gives, after its own yield; millionths of `unit`. */
  readonly makes: Micro;
  /** What one sold unit is; millionths of `unit`. */
  readonly sold: Micro;
  /** The item and recipe ids of its lines, in order. */
  readonly uses: readonly string[];
  readonly lines: readonly RecipeLineInfo[];
};

export type ModifierInfo = {
  readonly skus: readonly string[];
  readonly name: Name;
  /** Recipes it belongs to; undefined: any. */
  readonly on: readonly string[] | undefined;
};

export type SupplierItem = {
  readonly item: string;
  /** Millionths of the item's base unit in a pack, and the pack as written. */
  readonly pack: Micro;
  readonly packText: string;
  /** Decimal text per pack. */
  readonly price?: string;
  readonly rounding: 'up' | 'down' | 'nearest';
};

/** A way by which orders reach a supplier. `to`: an address, or a name for one in the box's secrets. */
export type SupplierWay = {
  readonly by: 'email' | 'webhook' | 'chat';
  readonly to: string;
  readonly robot?: 'wecom' | 'dingtalk' | 'feishu';
};

export type SupplierInfo = {
  readonly id: string;
  readonly name: Name;
  readonly contact?: { readonly phone?: string; readonly email?: string };
  readonly send: readonly SupplierWay[];
  /** It is a store of the chain: orders go there as requisitions. */
  readonly store?: string;
  readonly deliveries: readonly Weekday[];
  /** Local times of the store, "HH:MM". */
  readonly deliverAt?: string;
  readonly cutOff?: string;
  readonly leadTimeMs: number;
  readonly minimumOrder?: string;
  readonly items: readonly SupplierItem[];
};

/** A modifier as sold: how many per 1 of the dish, in millionths (1 is 1,000,000). */
export type SoldModifier = { readonly sku: string; readonly qty: Micro };

export type Kitchen = {
  /** Items and stocked recipes, in book order. */
  readonly items: ReadonlyMap<string, StockItem>;
  readonly recipes: ReadonlyMap<string, RecipeInfo>;
  readonly modifiers: readonly ModifierInfo[];
  readonly suppliers: ReadonlyMap<string, SupplierInfo>;
  meaning(sku: string): SkuMeaning | undefined;
  /**
   * What one sold unit takes, in the order of `items`; cached and frozen. Modifiers that this recipe
   * does not know take nothing: ask `unknownModifiers` first. An unknown recipe is a `Bug`.
   * @throws AmountOverflow when a modifier's scale or qty leads beyond 2^53 - 1 millionths
   */
  explode(
    recipe: string,
    modifiers: readonly SoldModifier[],
    channel: string | undefined,
  ): readonly Take[];
  /** What making `amount` (millionths of its unit) of a recipe takes: its lines, even if it is stocked. */
  batch(recipe: string, amount: Micro, channel?: string): readonly Take[];
  /** The skus among `skus` that mean nothing on this recipe. */
  unknownModifiers(recipe: string, skus: readonly string[]): readonly string[];
};
