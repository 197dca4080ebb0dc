import type { Random } from '../numerics/random.ts';
import { anytimeComparison, levelOfLooks } from './anytime.ts';
import { pairedEstimate, pValueOf, welchEstimate } from './welch.ts';
import type { Interval } from './welch.ts';

export type Stream = {
  readonly generator: Random;
  readonly streams: number;
  /** Seeds of each arm at the planned look; from three on somebody looks after each. */
  readonly seeds: number;
  readonly isPaired: boolean;
  /** Standard deviation of the second arm; that of the first one is 1. */
  readonly sd?: number;
};

export type Looks = {
  /** Share of streams in which some look before the planned one shows an interval without the true effect. */
  readonly missed: number;
  /** Share in which some look shows an effect: at every look but the planned one by the interval that holds at all. */
  readonly stopped: number;
  /** The same by the interval of a fixed number at every look. */
  readonly stoppedByFixed: number;
  /** Share of looks before the planned one that have an interval. */
  readonly bounded: number;
};

const LEVEL = 0.95;
const excludesZero = (interval: Interval | null) =>
  interval !== null && (interval.low > 0 || interval.high < 0);

/** The first outcomes of both arms, as somebody sees them at a look. */
type Outcomes = {
  readonly more: readonly number[];
  readonly less: readonly number[];
  readonly isPaired: boolean;
};

function look({ more, less, isPaired }: Outcomes) {
  const estimate = isPaired ? pairedEstimate(more, less) : welchEstimate(more, less);
  const observations = isPaired ? more.length : (more.length * less.length) / (more.length + less.length);
  return {
    fixed: pValueOf(estimate) <= 1 - LEVEL,
    interval: anytimeComparison({ estimate, observations }, levelOfLooks(LEVEL)).interval,
  };
}

/** Every look at one stream: after each pair, or after each run of either arm, from three of each arm on. */
function looksOf({ generator, seeds, isPaired, sd = 1 }: Stream) {
  const more = Array.from({ length: seeds }, () => generator.normal());
  const less = Array.from({ length: seeds }, () => sd * generator.normal());
  const sizes = Array.from({ length: 2 * seeds - 5 }, (_, index) => index + 6);
  return sizes
    .filter((size) => !isPaired || size % 2 === 0)
    .map((size) =>
      look({ more: more.slice(0, Math.ceil(size / 2)), less: less.slice(0, Math.floor(size / 2)), isPaired }),
    );
}

/** What somebody sees who looks after each seed of two arms without an effect, and stops at the first interval without zero. */
export function looksAt(stream: Stream): Looks {
  const all = Array.from({ length: stream.streams }, () => looksOf(stream));
  const early = all.map((looks) => looks.slice(0, -1));
  const misses = (looks: ReturnType<typeof looksOf>) => looks.some(({ interval }) => excludesZero(interval));
  const share = (of: readonly boolean[]) => of.filter(Boolean).length / Math.max(1, of.length);
  return {
    missed: share(early.map(misses)),
    stopped: share(all.map((looks, index) => misses(early[index]!) || looks.at(-1)!.fixed)),
    stoppedByFixed: share(all.map((looks) => looks.some(({ fixed }) => fixed))),
    bounded: share(early.flat().map(({ interval }) => interval !== null)),
  };
}
