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

/** The members of a value by their path; a list is one value. */
function leavesOf(value: unknown, path: string): (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[path, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, `${path}.${key}`));
}

/** The seed of the initial parameters, with that of the data order where they differ. */
export function seedOf(settings: SettingRow | undefined): string | number | undefined {
  if (!settings) return undefined;
  const { seed_init: init, seed_data_order: order } = settings;
  if (order === null || order === init) return init ?? undefined;
  return `${init ?? 'unknown'}/${order}`;
}
