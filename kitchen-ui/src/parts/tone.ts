/**
 * How a status looks: circle, triangle, square, cross, told apart without colour. `idle` is an empty
 * circle.
 */
export type Tone = 'ok' | 'low' | 'out' | 'gone' | 'idle';
