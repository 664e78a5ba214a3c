import { type Name, nameIn } from '#recipes/words/words.ts';
import type { Change } from '../api-types.ts';
import type { OutboxEntry } from '../outbox/entry.ts';
import type { House } from '../state/context.ts';
import { useHouse } from '../state/context.ts';
import { type Live, useLive } from '../state/live.svelte.ts';
import type { OutsideJobs, Requisitions, Transfers } from './transfer-types.ts';

/** Goods move, and head office says something: both are news of the ledger. */
const concerns = (change: Change) => change.entries === true || change.inbox === true;

/** Goods to and from other stores; kept for the days without the box. */
export function useTransfers(): Live<Transfers> {
  const { api } = useHouse();
  return useLive('transfers', () => api.get<Transfers>('/transfers'), concerns);
}

/** What stores ask of each other. */
export function useRequisitions(): Live<Requisitions> {
  const { api } = useHouse();
  return useLive('requisitions', () => api.get<Requisitions>('/requisitions'), concerns);
}

/** What is out for processing. */
export function useOutside(): Live<OutsideJobs> {
  const { api } = useHouse();
  return useLive('outsource', () => api.get<OutsideJobs>('/outsource'), concerns);
}

/** What somebody did on this tablet that the box has not heard: values of a field of the commands. */
export function waitingFor(
  { outbox }: Pick<House, 'outbox'>,
  kind: string,
  field: string,
): ReadonlySet<string> {
  const ids = outbox.entries
    .filter((entry) => entry.kind === kind && entry.progress === 'waiting')
    .filter((entry) => !outbox.isUndone(entry.id))
    .map(({ data }) => String((data as Readonly<Record<string, unknown>>)[field]));
  return new Set(ids);
}

/** Records it, says so, and gives the box a moment to answer. */
export async function record(
  { outbox, board, session }: House,
  kind: string,
  data: object,
  text: Name,
): Promise<OutboxEntry> {
  const entry = await outbox.log(kind, data, text);
  board.announce(session.say('undo.saved', { text: nameIn(session.lang, text) }));
  return (await outbox.answered(entry.id, ANSWER_MS)) ?? entry;
}

const ANSWER_MS = 2_500;
