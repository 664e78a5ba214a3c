import {
  type BarcodeMeaning,
  indexBarcodes,
  routeScan,
  type Scan,
} from '#recipes/scan/route-scan.ts';
import type { StockItem } from '../api-types.ts';
import { useHouse } from '../state/context.ts';

const KEPT_AS = 'learnt-codes';
type Learnt = Readonly<Record<string, BarcodeMeaning>>;
type Coded = StockItem & { readonly barcodeUnits?: Readonly<Record<string, string>> };

/** What codes mean here: those of the stock, and those this tablet learnt since it was read. */
export class Codes {
  #learnt = $state.raw<Learnt>({});
  readonly #stock: () => readonly Coded[];
  readonly #keep: (learnt: Learnt) => void;
  readonly #index = $derived.by(() =>
    indexBarcodes([...Object.entries(this.#learnt), ...this.#stock().flatMap(codesOf)]),
  );

  constructor(stock: () => readonly Coded[], keep: (learnt: Learnt) => void) {
    this.#stock = stock;
    this.#keep = keep;
  }

  recall(learnt: Learnt): void {
    this.#learnt = { ...learnt, ...this.#learnt };
  }

  learn(code: string, meaning: BarcodeMeaning): void {
    this.#learnt = { ...this.#learnt, [code]: meaning };
    this.#keep(this.#learnt);
  }

  read(text: string, year: number): Scan {
    return routeScan(text, { barcode: (key) => this.#index.get(key), year });
  }
}

/** The codes of this tablet, with what it learnt on earlier visits. */
export function useCodes(): Codes {
  const { board, answers } = useHouse();
  const codes = new Codes(
    () => board.stock,
    (learnt) => void answers.put(KEPT_AS, board.boxNow(), learnt),
  );
  $effect(() => {
    void answers.get<Learnt>(KEPT_AS).then((kept) => {
      if (kept !== null) codes.recall(kept.value);
    });
  });
  return codes;
}

function codesOf({ item, barcodes, barcodeUnits }: Coded) {
  return (barcodes ?? []).map((code): [string, BarcodeMeaning] => {
    const unit = barcodeUnits?.[code];
    return [code, unit === undefined ? { item } : { item, unit }];
  });
}
