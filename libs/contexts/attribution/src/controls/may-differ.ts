import { knownSlices } from '../composition/composition.ts';
import type { Run } from '../experiment.ts';
import { hasNoValue, isName } from './recorded-value.ts';

type Permitted = {
  /** Whole names of fields, and of objects whose members are all permitted; never patterns. */
  readonly fields: readonly string[];
  readonly reason: string;
  /**
   * Permitted only where the value is a number, a list of them, or none; anything else is compared. Of `weights` those
   * members are permitted that are of a slice.
   */
  readonly only?: 'numbers' | 'weights';
};

/** What may differ between runs without a meaning of its own. Every other fact of a run is compared. */
const MAY_DIFFER: readonly Permitted[] = [
  {
    fields: [
      'config.seed',
      'config.seeds',
      'config.data_seed',
      'config.init_seed',
      'config.shuffle_seed',
      'config.random_seed',
      'config.data.seed',
      'config.data.shuffle_seed',
      'config.train.seed',
      'config.training.seed',
      'config.trainer.seed',
      'config.hyperparameters.seed',
      'config.open_lm_args.seed',
    ],
    reason: 'Repetitions of an arm differ by their seed; seeds are compared as blocks.',
    only: 'numbers',
  },
  {
    fields: [
      'config.weights',
      'config.domain_weights',
      'config.mixture_weights',
      'config.data_weights',
      'config.sampling_weights',
      'config.blend',
      'config.data.weights',
      'config.data.mixture_weights',
      'config.data.mixture',
      'config.mixture',
    ],
    reason: 'The weights are the treatment, which is compared as realised shares.',
    only: 'weights',
  },
  {
    fields: [
      'config.arm',
      'config.mixture_id',
      'config.mixture_name',
      'config.run_id',
      'config.run_name',
      'config.exp_name',
      'config.experiment_name',
      'config.wandb_exp_name',
      'config.wandb.name',
      'config.wandb.group',
      'config.exp_manager.name',
      'config.open_lm_args.name',
    ],
    reason: 'It names the run or its arm and is not read by the training.',
  },
  {
    fields: [
      'config.output_dir',
      'config.logging_dir',
      'config.log_dir',
      'config.save',
      'config.save_dir',
      'config.save_folder',
      'config.tensorboard_dir',
      'config.exp_manager.explicit_log_dir',
      'config.checkpoint_url',
      'config.params_url',
      'config.open_lm_args.logs',
      'config.open_lm_args.remote-sync',
    ],
    reason: 'The training writes to it and does not read from it.',
  },
  {
    fields: ['config.creation_date'],
    reason: 'It says when the record of the run was made.',
  },
  {
    fields: ['config.logging_steps', 'config.log_interval', 'config.log_every'],
    reason: 'It says how often the loss is written down.',
  },
];

/** The name under which realised budgets are compared. */
export const BUDGET = 'realised budget';

/** Relative difference up to which two realised budgets count as equal. */
export const BUDGET_TOLERANCE = 0.005;

/** Lengths of the training, which `added_budget` changes in proportion to the realised budget. */
export const LENGTHS: ReadonlySet<string> = new Set([
  'token budget',
  'config.steps',
  'config.max_steps',
  'config.total_steps',
  'config.train_steps',
  'config.train_iters',
  'config.train_samples',
  'config.max_tokens',
  'config.token_budget',
]);

const NUMBERS = /^[[\]\s\d.,eE+-]*\d[[\]\s\d.,eE+-]*$/;

const PERMITTED: ReadonlyMap<string, Permitted> = new Map(
  MAY_DIFFER.flatMap((permitted) => permitted.fields.map((field) => [field, permitted] as const)),
);

/** Names of the slices that runs consumed, with their parents, as paths of a configuration spell them. */
export const sliceNames = (runs: readonly Pick<Run, 'shares'>[]): ReadonlySet<string> =>
  new Set(knownSlices(runs.map(({ shares }) => shares)).map(asPath));

const asPath = (slice: string) => slice.replaceAll('/', '.');

type Facts = ReadonlyMap<string, string>;

/** Whether the field of a run, or an object that holds it, is on the list of what may differ. */
export function mayDiffer(field: string, facts: Facts, slices: ReadonlySet<string>): boolean {
  const value = facts.get(field) ?? '';
  for (let end = field.indexOf('.'); ; end = field.indexOf('.', end + 1)) {
    const holder = end === -1 ? field : field.slice(0, end);
    const permitted = PERMITTED.get(holder);
    if (permitted && isPermitted(permitted, { field, value, holder }, facts, slices)) return true;
    if (end === -1) return false;
  }
}

type Member = { readonly field: string; readonly value: string; readonly holder: string };

function isPermitted(
  { only }: Permitted,
  { field, value, holder }: Member,
  facts: Facts,
  slices: ReadonlySet<string>,
): boolean {
  if (only === undefined) return true;
  if (!NUMBERS.test(value) && !hasNoValue(field, value)) return false;
  if (only === 'numbers' || field === holder) return true;
  const isOfSlice = isBelow(asPath(field.slice(holder.length + 1)), slices) && !isName(field, value);
  return isOfSlice || areParts(holder, facts, slices);
}

/** Whether the path is that of a slice or of something below it, such as the tokens or the epochs of the slice. */
function isBelow(path: string, slices: ReadonlySet<string>): boolean {
  for (let end = path.indexOf('.'); end !== -1; end = path.indexOf('.', end + 1))
    if (slices.has(path.slice(0, end))) return true;
  return slices.has(path);
}

/** Relative difference from a whole up to which numbers are its parts. */
const WHOLE_TOLERANCE = 0.005;

/** What was found of an object by its name, for the slices and facts that it was found for: thousands of members ask. */
const found = new WeakMap<ReadonlySet<string>, WeakMap<Facts, Map<string, boolean>>>();

/**
 * Whether the numbers of an object are weights of slices that have other names there: none has the name of a slice, and
 * they are parts, two at least, of one or of a hundred.
 */
function areParts(holder: string, facts: Facts, slices: ReadonlySet<string>): boolean {
  const ofSlices = found.get(slices) ?? new WeakMap<Facts, Map<string, boolean>>();
  found.set(slices, ofSlices);
  const known = ofSlices.get(facts) ?? new Map<string, boolean>();
  ofSlices.set(facts, known);
  const answer = known.get(holder) ?? isWhole(membersOf(holder, facts), slices);
  known.set(holder, answer);
  return answer;
}

const membersOf = (holder: string, facts: Facts) =>
  [...facts].flatMap(([field, value]) =>
    field.startsWith(`${holder}.`) && NUMBERS.test(value)
      ? [{ path: asPath(field.slice(holder.length + 1)), part: Number(value) }]
      : [],
  );

function isWhole(members: ReturnType<typeof membersOf>, slices: ReadonlySet<string>): boolean {
  if (members.some(({ path }) => isBelow(path, slices))) return false;
  const parts = members.map(({ part }) => part);
  if (parts.some((part) => part < 0) || parts.filter((part) => part > 0).length < 2) return false;
  const sum = parts.reduce((all, part) => all + part, 0);
  return [1, 100].some((whole) => Math.abs(sum / whole - 1) <= WHOLE_TOLERANCE);
}

/** Whether a member of recorded weights is zero: the slice that it names was not consumed. */
export function isZeroWeight(field: string, value: string): boolean {
  if (value.trim() === '' || Number(value) !== 0) return false;
  for (let end = field.indexOf('.'); end !== -1; end = field.indexOf('.', end + 1))
    if (PERMITTED.get(field.slice(0, end))?.only === 'weights') return true;
  return false;
}
