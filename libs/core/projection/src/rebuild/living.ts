import type { Life } from '../follow.ts';

/** The life of a projector, and the next one after each pause. */
export type Living = {
  life(): Life;
  /** Stops the life while `turn` runs, then begins another, whatever came of the turn. */
  paused<Result>(turn: () => Promise<Result>): Promise<Result>;
};

/** `begin` settles what was left half done and follows the log; where it cannot, nothing is followed, and `fail` is told. */
export async function openLiving(
  begin: () => Promise<Life>,
  fail: (reason: unknown) => void,
): Promise<Living> {
  let life = await begin();
  const goOn = async (): Promise<void> => {
    try {
      life = await begin();
    } catch (reason) {
      life = halted(reason);
      fail(reason);
      throw reason;
    }
  };
  return {
    life: () => life,
    paused: async (turn) => {
      await life.stop();
      try {
        return await turn();
      } finally {
        await goOn();
      }
    },
  };
}

/** A life that ended before it began. */
const halted = (reason: unknown): Life => ({
  fault: () => reason,
  ended: Promise.resolve(),
  hurry: () => undefined,
  stop: () => Promise.resolve(),
});
