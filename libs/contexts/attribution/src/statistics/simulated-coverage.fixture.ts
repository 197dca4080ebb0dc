import type { Random } from '../numerics/random.ts';
import { seedsAndItems } from './seeds-and-items.ts';

type Setting = {
  readonly seeds: number;
  readonly repetitions: number;
  readonly isPaired: boolean;
  readonly generator: Random;
};

const ITEMS = Array.from({ length: 40 }, (_, index) => `item-${index}`);

/**
 * Share of simulated experiments without an effect whose interval over seeds and items holds zero. Items differ by sd 5,
 * items between arms by 2, seeds by 1 (with a noise of sd 2 that both arms share where they are paired), cells by 3.
 */
export function shareCovered({ seeds, repetitions, isPaired, generator }: Setting): number {
  const noise = (sd: number) => sd * generator.normal();
  let covered = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const difficulty = ITEMS.map(() => noise(5));
    const shared = Array.from({ length: seeds }, () => (isPaired ? noise(2) : 0));
    const arm = () => {
      const ofArm = ITEMS.map(() => noise(Math.SQRT2));
      return shared.map((shift) => {
        const ofRun = shift + noise(1);
        return {
          ids: ITEMS,
          values: difficulty.map((value, item) => value + ofArm[item]! + ofRun + noise(3)),
        };
      });
    };
    const { interval } = seedsAndItems(arm(), arm(), { isPaired })!;
    if (interval.low <= 0 && interval.high >= 0) covered++;
  }
  return covered / repetitions;
}
