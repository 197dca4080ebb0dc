import type { FactCatalogue } from '@tributary/contracts';
import { placeholderIn } from '../../facts/placeholders.ts';
import { isTemplate, reportTemplate } from '../../facts/templates.ts';
import { addMembers } from '../../facts/add-members.ts';
import { valueAt } from '../../files/config-value.ts';
import { countIn, objectIn, textIn } from '../../files/untyped-values.ts';
import type { JsonObject } from '../../files/untyped-values.ts';
import type { FactCollector } from '../../facts/fact-collector.ts';
import { redactSecrets } from '@tributary/kernel';
import { membersOf, repeatHistogram } from '../listed-members.ts';
import type { MemberList } from '../listed-members.ts';
import { checkpointIdOf } from './checkpoint-table.ts';
import { tokensIn } from './run-config.ts';
import type { RunConfig } from './run-config.ts';
import { groupedPaths, sourcesOf } from './source-groups.ts';
import type { GroupedPaths } from './source-groups.ts';

/**
 * Adds the run that a configuration plans, and the shards that it lists with their repetitions. A template is no plan: its
 * placeholder is named in the report. Returns whether it is a plan.
 */
export function addRun(config: RunConfig, collector: FactCollector): boolean {
  if (isTemplate(config.file, config.members, collector)) return false;
  const placeholder = placeholderIn(addressesIn(config));
  if (placeholder !== undefined) {
    reportTemplate(config.file.path, placeholder, collector);
    return false;
  }
  const origin = { sha256: config.sha256, pointer: '' };
  const grouped = groupedPaths(config.paths);
  const members = membersOf(grouped.shards);
  const snapshotId = members.references > 0 ? config.snapshotId : undefined;
  const data = planOf(config, snapshotId, members);
  collector.add(origin, config.runId, { type: 'training.run.planned', data });
  if (snapshotId !== undefined) {
    const pathsOrigin = { ...origin, pointer: '/data/paths' };
    const snapshot = snapshotOf(config, snapshotId, grouped, members);
    collector.add(pathsOrigin, snapshotId, { type: 'corpus.snapshot.registered', data: snapshot });
    addMembers(collector, pathsOrigin, snapshotId, members.members);
  }
  reportUnknowns(config, data, members, collector);
  return true;
}

/** Where the data and the first checkpoint are. */
function addressesIn({ members, paths }: RunConfig): { readonly source: string }[] {
  const parent = textIn(valueAt(members, 'load_path'));
  return [...paths.map(({ text }) => text), ...(parent === undefined ? [] : [parent])].map((source) => ({
    source,
  }));
}

function planOf(
  config: RunConfig,
  snapshotId: string | undefined,
  members: MemberList,
): FactCatalogue['training.run.planned'] {
  const { value: safe, found } = redactSecrets(config.members);
  const seed = countIn(valueAt(safe, 'seed'));
  const tokenizer = textIn(valueAt(safe, 'tokenizer.identifier'))?.slice(0, 256);
  const parent = textIn(valueAt(safe, 'load_path'));
  const tokenBudget = tokensIn(valueAt(safe, 'max_duration'), config.tokensPerStep);
  return {
    runId: config.runId,
    name: config.name.slice(0, 512),
    model: modelOf(config.name),
    config: configOf(safe, members, config.tokensPerStep),
    seeds: seed === undefined ? {} : { init: seed, dataOrder: seed },
    ...(tokenizer !== undefined && { tokenizer }),
    ...(parent !== undefined && { parentCheckpointId: checkpointIdOf(parent).slice(0, 256) }),
    ...(tokenBudget !== undefined && { tokenBudget }),
    ...(snapshotId !== undefined && { snapshotId }),
    ...(found.length > 0 && { redacted: true }),
  };
}

/** The model is the part of the name before the stage. */
const modelOf = (name: string): { name: string } => ({
  name: (name.split(/[-_]stage/i)[0] ?? name).slice(0, 256) || 'unknown',
});

/** The configuration with a summary instead of the list of shards, which is a fact of its own. */
function configOf(
  members: JsonObject,
  listed: MemberList,
  tokensPerStep: number | undefined,
): Record<string, unknown> {
  const data = objectIn(members['data']);
  const paths = {
    references: listed.references,
    shards: listed.members.length,
    repeats: repeatHistogram(listed),
  };
  return {
    ...Object.fromEntries(Object.entries(members).slice(0, 450)),
    ...(data && { data: { ...data, ...(listed.references > 0 && { paths }) } }),
    ...(tokensPerStep !== undefined && { tokensPerStep }),
  };
}

function snapshotOf(
  { name }: RunConfig,
  snapshotId: string,
  { groups }: GroupedPaths,
  members: MemberList,
): FactCatalogue['corpus.snapshot.registered'] {
  const sources = sourcesOf(groups);
  return {
    snapshotId,
    name: `data of ${name}`.slice(0, 512),
    digest: { algorithm: 'sha256', value: members.digest },
    ...(sources.length > 0 && { sources }),
    config: {
      references: members.references,
      shards: members.members.length,
      repeats: repeatHistogram(members),
      groups: groups.slice(0, 2000),
    },
  };
}

function reportUnknowns(
  { file, members: config }: RunConfig,
  { tokenBudget }: FactCatalogue['training.run.planned'],
  { members, references }: MemberList,
  { findings }: FactCollector,
): void {
  if (references > members.length) {
    const example = `${file.path}: a shard that is listed twice is trained on twice`;
    findings.warn('shard_repeated', example, references - members.length);
  }
  const duration = valueAt(config, 'max_duration');
  if (tokenBudget === undefined && duration !== undefined) {
    findings.warn(
      'tokens_unknown',
      `${file.path}: max_duration ${JSON.stringify(duration)} does not determine the number of tokens`,
    );
  }
}
