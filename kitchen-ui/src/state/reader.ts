import { createContext } from 'svelte';
import type { Session } from './session.svelte.ts';

/** Who reads, in which language: all that a part needs which is neither the box's nor head office's. */
export const [useReader, provideReader] = createContext<Session>();
