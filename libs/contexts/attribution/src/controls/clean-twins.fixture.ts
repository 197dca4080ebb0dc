import type { Experiment, Run } from '../index.ts';
import { everyRun, scored, withFact } from './changed-experiments.fixture.ts';
import type { RunChange } from './changed-experiments.fixture.ts';
import { cleanAblation, cleanSwarm } from './clean-experiment.fixture.ts';

/** A clean experiment that looks changed and is not. */
export type CleanTwin = { readonly what: string; readonly experiment: Experiment };

const inBoth = (what: string, change: RunChange): CleanTwin[] =>
  [cleanAblation(), cleanSwarm(24)].map((experiment) => ({
    what: `${what} (${experiment.name})`,
    experiment: everyRun(experiment, change),
  }));

const withFacts =
  (of: (run: Run) => Readonly<Record<string, string>>): RunChange =>
  (run) => ({ ...run, facts: new Map([...(run.facts ?? []), ...Object.entries(of(run))]) });

/** One value in runs with an even seed and another in the others. */
const alternating = (field: string, even: string, odd: string): CleanTwin[] =>
  inBoth(`${field}: ${JSON.stringify(even)} and ${JSON.stringify(odd)}`, (run) =>
    withFact(field, Number(run.seed) % 2 === 0 ? even : odd)(run),
  );

/** What configurations record of each slice, from its share. */
const OF_SLICE: Readonly<Record<string, (share: number) => string>> = {
  weight: String,
  tokens: (share) => `${share * 1e9}`,
  epochs: (share) => (share * 4).toFixed(3),
  repeats: (share) => `${Math.ceil(share * 10)}`,
  max_repeats: (share) => (share === 0 ? 'null' : '4'),
};

const ofSlices = (
  name: (slice: string) => string,
  value: (share: number) => string,
  { shares }: Run,
): Record<string, string> =>
  Object.fromEntries(Object.entries(shares).map(([slice, share]) => [name(slice), value(share)]));

const treatments = Object.entries(OF_SLICE).flatMap(([member, value]) =>
  inBoth(`${member} of each slice below the mixture`, (run) =>
    withFacts(() => ofSlices((slice) => `config.mixture.${slice}.${member}`, value, run))(run),
  ),
);

/** Every slice that is zero is recorded in the control with its scores in percent. */
const solvedByNone: CleanTwin = {
  what: 'percent, of which some are zero',
  experiment: everyRun(cleanAblation(), (run) => {
    const value = run.arm === 'full' ? 12 + Number(run.seed) / 10 : Math.max(0, Number(run.seed) - 4);
    return scored({ value })(run);
  }),
};

export const CLEAN_TWINS: readonly CleanTwin[] = [
  ...treatments,
  ...inBoth('weights beside what is equal in all runs', (run) =>
    withFacts(() => ({
      ...ofSlices((slice) => `config.data.mixture.${slice}`, String, run),
      'config.data.mixture.temperature': '0.7',
      'config.data.mixture.max_seq_len': '2048',
    }))(run),
  ),
  ...inBoth('weights by other names than the slices', (run) =>
    withFacts(() => ofSlices((slice) => `config.weights./data/${slice}.bin`, String, run))(run),
  ),
  ...inBoth('weights in percent by other names', (run) =>
    withFacts(() =>
      ofSlices(
        (slice) => `config.blend.set-${slice}`,
        (share) => `${100 * share}`,
        run,
      ),
    )(run),
  ),
  ...inBoth('no weights in one run', (run) =>
    withFact('config.weights', run.seed === 1 ? 'null' : '[0.2, 0.8]')(run),
  ),
  ...inBoth('no seed in the configuration of one run', (run) =>
    withFact('config.seed', run.seed === 1 ? 'null' : `${run.seed}`)(run),
  ),
  ...alternating('config.d_model', '512', '512.0'),
  ...alternating('config.pad_token_id', '0', '0.0'),
  ...alternating('config.grad_clip', 'null', 'None'),
  ...alternating('config.load_path', 'null', 'None'),
  ...alternating('config.callbacks', '[]', ''),
  solvedByNone,
];
