import { type Lang, sayIfKnown } from '#recipes/words/words.ts';
import type { Tone } from '../parts/tone.ts';

/** An order's state in words; a new one of the box shows as its own name. */
export function stateText(lang: Lang, state: string): string {
  return sayIfKnown(lang, `orders.state.${state}`, state);
}

/** Shape of a state: done is full, gone is crossed, what waits for somebody is a triangle. */
export function stateTone(state: string): Tone {
  return TONES[state] ?? 'idle';
}

export function channelText(lang: Lang, channel: string): string {
  return sayIfKnown(lang, `orders.channel.${channel}`, channel);
}

export function sendingText(lang: Lang, state: string): string {
  return sayIfKnown(lang, `orders.sending.${state}`, state);
}

export function sendingTone(state: string): Tone {
  return state === 'sent' ? 'ok' : state === 'failed' ? 'out' : 'low';
}

export function stepText(lang: Lang, step: string): string {
  return sayIfKnown(lang, `orders.step.${step}`, step);
}

const TONES: Readonly<Record<string, Tone>> = {
  draft: 'idle',
  submitted: 'low',
  approved: 'low',
  rejected: 'gone',
  sent: 'ok',
  partly_received: 'low',
  done: 'ok',
  cancelled: 'gone',
};
