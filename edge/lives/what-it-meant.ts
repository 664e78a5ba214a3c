/**
 * What a command meant when it was carried out, where its words alone would mean something else now: "all
 * that is left of the lot" is an amount, and a lot is of an item. The answer of then says both.
 */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import { fieldsOf, listOf } from './given-names.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The data with what the answer adds to them.
 * @param answer the data of its result
 */
export function asItWasMeant(kind: string, data: unknown, answer: unknown): unknown {
  const said = fieldsOf(data);
  const moves = movesOf(answer);
  if (ALL_THAT_IS_LEFT.has(kind)) return completed(said, moves);
  switch (kind) {
    case 'trim.log':
      return withItem(said, moves);
    case 'lot.open':
      return { ...said, item: said['item'] ?? fieldsOf(answer)['item'] };
    case 'delivery.return':
    case 'transfer.send':
    case 'outsource.send':
      return {
        ...said,
        lines: listOf(said['lines']).map((line) => completed(fieldsOf(line), moves)),
      };
    case 'book.adopt':
      return { ...said, validFrom: said['validFrom'] ?? fieldsOf(answer)['validFrom'] };
    default:
      return data;
  }
}

/**
 * The same without the lot, for when nobody here knows it: what left the house has left it all the same.
 * @returns undefined when it does not name a lot, or nobody knows of which item and how much
 */
export function withoutLots(kind: string, data: unknown): unknown {
  const said = fieldsOf(data);
  if (ALL_THAT_IS_LEFT.has(kind)) return withoutLot(said, 'qty');
  if (kind === 'trim.log') return withoutLot(said, 'in');
  if (!LINES.has(kind)) return undefined;
  const lines = listOf(said['lines']).map((line) => {
    const fields = fieldsOf(line);
    return fields['lot'] === undefined ? fields : withoutLot(fields, 'qty');
  });
  return lines.includes(undefined) ? undefined : { ...said, lines };
}

/**
 * The same for where what it names is not known: goods that moved have moved. Head office tells of a
 * transfer or a requisition in its own time, which may be later.
 * @param answer the data of its result then
 * @returns undefined when it does not name any such thing
 */
export function withoutPapers(kind: string, data: unknown, answer: unknown): unknown {
  const said = fieldsOf(data);
  const { requisition, ...rest } = said;
  if (kind === 'transfer.send') return requisition === undefined ? undefined : rest;
  if (kind !== 'transfer.receive') return undefined;
  const then = fieldsOf(answer);
  const from = said['from'] ?? then['from'];
  const lines = said['lines'] ?? then['lines'];
  return from === undefined || lines === undefined ? undefined : { ...said, from, lines };
}

/** Without `qty` they take all that is left of a lot. */
const ALL_THAT_IS_LEFT: ReadonlySet<string> = new Set(['waste.log', 'consume.log', 'offcut.use']);
const LINES: ReadonlySet<string> = new Set(['delivery.return', 'transfer.send', 'outsource.send']);

function withoutLot(said: Fields, amount: string): Fields | undefined {
  const { lot, ...rest } = said;
  const known = lot !== undefined && rest['item'] !== undefined && rest[amount] !== undefined;
  return known ? rest : undefined;
}

type AnsweredMove = { readonly item: string; readonly lot: string; readonly amount: string };

function movesOf(answer: unknown): AnsweredMove[] {
  return listOf(fieldsOf(answer)['moves']).flatMap((move) => {
    const { item, lot, amount } = fieldsOf(move);
    const known = typeof item === 'string' && typeof lot === 'string' && typeof amount === 'string';
    return known ? [{ item, lot, amount }] : [];
  });
}

/** A named lot gets its item, and its amount when none was said. */
function completed(said: Fields, moves: readonly AnsweredMove[]): Fields {
  if (said['lot'] === undefined) return said;
  const named = withItem(said, moves);
  const item = named['item'];
  if (said['qty'] !== undefined || item === undefined) return named;
  const sum = moves
    .filter((move) => move.item === item && move.lot === said['lot'])
    .reduce((total, { amount }) => total + microFromDecimal(amount), 0);
  return sum > 0 ? { ...named, qty: decimalFromMicro(sum) } : named;
}

function withItem(said: Fields, moves: readonly AnsweredMove[]): Fields {
  if (said['lot'] === undefined || said['item'] !== undefined) return said;
  const item = (moves.find(({ lot }) => lot === said['lot']) ?? moves[0])?.item;
  return item === undefined ? said : { ...said, item };
}
