import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coalesce } from '../../kitchen-ui/src/coalesce.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('coalesce', () => {
  it('runs one at a time and reads what was asked for meanwhile in the next run', async () => {
    const runs: string[][] = [];
    const gates: (() => void)[] = [];
    const read = coalesce<string>(
      (keys) => {
        runs.push([...keys]);
        return new Promise((resolve) => gates.push(resolve));
      },
      async () => {},
      0,
    );
    read(['stock']);
    read(['stock', 'sales']);
    read(['inbox']);
    expect(runs).toEqual([['stock']]);
    gates[0]?.();
    await turn();
    expect(runs).toEqual([['stock'], ['stock', 'sales', 'inbox']]);
  });

  it('never misses the last change, whatever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (steps) => {
        let world = 0;
        let seen = 0;
        const read = coalesce<'world'>(
          async () => {
            const value = world;
            await turn();
            seen = value;
          },
          turn,
          0,
        );
        for (const change of steps) {
          if (change) {
            world += 1;
            read(['world']);
          } else await turn();
        }
        for (let i = 0; i < 8; i += 1) await turn();
        expect(seen).toBe(world);
      }),
      { numRuns: 50 },
    );
  });
});
