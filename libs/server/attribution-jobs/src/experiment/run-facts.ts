import type { RowOf } from '@tributary/kernel';
import type { runSettings, trackedParams } from '@tributary/training';

type SettingRow = RowOf<typeof runSettings>;
type ParamRow = RowOf<typeof trackedParams>;

/**
 * What is recorded of a run besides its mixture, by name of the field. Members of the configuration and parameters that a
 * tracker wrote are `config.<path>`. What is not recorded is absent.
 */
export function factsOf(
  settings: SettingRow | undefined,
  params: readonly ParamRow[],
  namesShards: boolean,
): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  if (namesShards) facts.set('shards', 'recorded');
  for (const { key, value } of params) facts.set(`config.${key}`, value);
  if (!settings) return facts;
  for (const [path, value] of leavesOf(JSON.parse(settings.config), 'config')) facts.set(path, value);
  for (const [field, value] of fieldsOf(settings)) {
    if (value !== null && value !== '') facts.set(field, String(value));
  }
  return facts;
}

const fieldsOf = (settings: SettingRow): readonly (readonly [string, string | number | null])[] => [
  ['model', settings.model],
  ['parameters', settings.parameters],
  ['architecture', settings.architecture],
  ['tokenizer', settings.tokenizer],
  ['hardware', settings.hardware],
  ['code.repository', settings.code_repository],
  ['code.revision', settings.code_revision],
  ['code.digest', settings.code_digest],
  ['snapshot', settings.snapshot_id],
  ['parent checkpoint', settings.parent_checkpoint_id],
  ['forked from', settings.forked_run_id],
  ['forked at step', settings.forked_step],
  ['token budget', settings.token_budget],
];

/** Facts that name the data of a run. Where the data as a whole is the treatment they say nothing else. */
const NAMES_OF_DATA = [
  'snapshot',
  'config.dataset_name',
  'config.dataset_uuid',
  'config.open_lm_args.dataset-manifest',
];

/** The facts of a run whose one dataset is its mixture: its data is known, and compared as the mixture. */
export const withoutData = (facts: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([
    ...[...facts].filter(([field]) => !NAMES_OF_DATA.includes(field)),
    ['data', 'one registered dataset version'],
  ]);

/** The members of a value by their path, and the options of a command line by their name; any other list is one value. */
function leavesOf(value: unknown, path: string): (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (isCommandLine(value)) return optionsOf(value).map(([name, text]) => [`${path}.${name}`, text]);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[path, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, `${path}.${key}`));
}

const isCommandLine = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.every((item) => typeof item === 'string') &&
  value[0]?.startsWith('--') === true;

/** The options of a command line with all of their values; one without a value is `true`. */
function optionsOf(words: readonly string[]): (readonly [string, string])[] {
  const options = new Map<string, string[]>();
  let values: string[] = [];
  for (const word of words) {
    if (!word.startsWith('--')) {
      values.push(word);
      continue;
    }
    const [name = '', value] = word.slice(2).split(/=(.*)/s);
    values = options.get(name) ?? [];
    options.set(name, values);
    if (value !== undefined) values.push(value);
  }
  return [...options].map(([name, of]) => [name, of.length === 0 ? 'true' : of.join(' ')]);
}

/** The seed of the initial parameters, with that of the data order where they differ. */
export function seedOf(settings: SettingRow | undefined): string | number | undefined {
  if (!settings) return undefined;
  const { seed_init: init, seed_data_order: order } = settings;
  if (order === null || order === init) return init ?? undefined;
  return `${init ?? 'unknown'}/${order}`;
}
