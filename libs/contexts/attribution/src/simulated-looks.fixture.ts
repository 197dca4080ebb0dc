import { attribute } from './attribute.ts';
import type { Experiment } from './experiment.ts';
import { random } from './numerics/random.ts';
import { simulatedAblation } from './simulated-ablations.fixture.ts';

const QUESTION = { capability: 'skill', slice: 'code', displacement: 'proportional' };

type Setting = { readonly seeds: number; readonly streams: number; readonly blocked: boolean };

/** The experiment when the first `ended` seeds of each arm have outcomes; the others run. */
function after(ended: number, { runs, ...experiment }: Experiment, seeds: number): Experiment {
  return {
    ...experiment,
    runs: runs.map((run, index) =>
      index % seeds < ended ? run : { ...run, status: 'running' as const, scores: {} },
    ),
  };
}

/**
 * Somebody asks about a slice without an effect after each seed from the second on, and stops at the first word. `stopped` is
 * the share of experiments with a word, `stoppedByFixed` that with a look at which p of a fixed number is at most .05.
 */
export function wordsOfLooks({ seeds, streams, blocked }: Setting) {
  const generator = random(77 + seeds);
  const counts = { stopped: 0, stoppedByFixed: 0 };
  for (let stream = 0; stream < streams; stream++) {
    const whole = simulatedAblation({ generator, seeds, blocked });
    let [stopped, fixed] = [false, false];
    for (let ended = 2; ended <= seeds; ended++) {
      const answer = attribute(QUESTION, after(ended, whole, seeds));
      const [effect] = 'refusal' in answer ? [] : answer;
      stopped ||= effect !== undefined && effect.interpretation !== 'inconclusive';
      const intervals = effect?.interval ? [effect.interval, ...effect.otherIntervals] : [];
      const planned = intervals.find(({ method }) => method !== 'anytime_t');
      fixed ||= planned !== undefined && (planned.low > 0 || planned.high < 0);
    }
    counts.stopped += Number(stopped);
    counts.stoppedByFixed += Number(fixed);
  }
  return { stopped: counts.stopped / streams, stoppedByFixed: counts.stoppedByFixed / streams };
}
