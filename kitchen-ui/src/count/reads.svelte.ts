import type { Person } from '../api-types.ts';
import { useHouse } from '../state/context.ts';
import { type Live, useLive } from '../state/live.svelte.ts';
import type { Count, CountHead, CountList } from './counts.ts';

/** All counts, the newest first. */
export function useCounts(): Live<readonly CountHead[]> {
  const { api } = useHouse();
  return useLive(
    'counts',
    async () => (await api.get<{ counts: CountHead[] }>('/counts')).counts,
    (change) => change.entries === true,
  );
}

/** What is worth counting today. */
export function useCountList(): Live<CountList> {
  const { api } = useHouse();
  return useLive(
    'count-list',
    () => api.get<CountList>('/count-list?limit=5'),
    (change) => change.entries === true,
  );
}

/**
 * One count, or `none` while nobody has counted anything under its id.
 * @param exists whether the list of counts knows it: an id that the box does not know is not asked for
 */
export function useCount(id: string, exists: () => boolean): Live<Count | 'none'> {
  const { api } = useHouse();
  const live = useLive<Count | 'none'>(
    `count ${id}`,
    async () => (exists() ? api.get<Count>(`/counts/${encodeURIComponent(id)}`) : 'none'),
    (change) => change.entries === true || (change.items ?? []).length > 0,
  );
  $effect(() => {
    if (exists()) void live.load();
  });
  return live;
}

export function usePeople(): Live<readonly Person[]> {
  const { api } = useHouse();
  return useLive(
    'people',
    () => api.people(),
    () => false,
  );
}

/** Who counted within this time counts still. */
export const LATELY_MS = 45 * 60_000;
