import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openResources } from './resources.ts';

it('closes exactly what was opened, the last one first, wherever opening fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(8), fc.nat(9), async (count, failing) => {
      const [opened, closed]: [number[], number[]] = [[], []];
      const outcome = await openResources(async (resources) => {
        for (let index = 0; index < count; index += 1) {
          if (index === failing) throw new Error('it does not open');
          await Promise.resolve();
          opened.push(index);
          resources.add({ close: () => Promise.resolve(closed.push(index)) });
        }
        return {};
      }).catch(() => undefined);
      const closedAtFailure = [...closed];
      await outcome?.close();
      expect(outcome === undefined).toBe(failing < count);
      expect(closedAtFailure).toEqual(failing < count ? opened.toReversed() : []);
      expect(closed).toEqual(opened.toReversed());
    }),
  );
});
