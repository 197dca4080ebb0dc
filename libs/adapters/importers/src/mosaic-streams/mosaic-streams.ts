import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { looseNumberIn, pointerTo } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { truncate } from '../facts/text.ts';
import { stemOf } from '../facts/shard-list.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../files/plain-yaml.ts';
import { namesHeldOut } from '../facts/held-out.ts';
import { placeholderIn } from '../facts/placeholders.ts';
import { addPlan, reportSum } from '../facts/mixture-plan.ts';
import { numbered, slicesOf, sliceName } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { addSourceList } from '../facts/source-list.ts';
import { addPlannedRun } from '../facts/planned-run.ts';
import type { PlannedData } from '../facts/planned-run.ts';
import { isTemplate, reportTemplate } from '../facts/templates.ts';
import { foundryRun, runConfigIn, runStreams } from './planned-run.ts';
import { addressOf, isStream, rootOf, streamListsIn } from './streams.ts';
import type { Stream, StreamList } from './streams.ts';

/**
 * Streams of MosaicML streaming in configurations. A whole configuration of LLM Foundry is a planned run besides, unless it is
 * a template.
 */
export const mosaicStreams = fileImporter({
  kind: 'mosaic-streams',
  version: '1.1',
  looksFor:
    'YAML with streams that have a remote or local path, and a proportion, repeat or choose; configurations of LLM Foundry',
  async recognise(file) {
    if (!mayBeYaml(file)) return undefined;
    const text = await file.text();
    if (!/\b(streams|train_loader)\b/.test(text)) return undefined;
    const [config] = plainYaml(text).documents;
    const [first] = streamListsIn(config);
    if (first)
      return { confidence: 0.9, evidence: `has ${first.streams.length} streams in ${first.keys.join('.')}` };
    return runConfigIn(config)
      ? { confidence: 0.9, evidence: 'has a model, max_duration and the dataset of a train_loader' }
      : undefined;
  },
  async readFile(file, collector) {
    const config = await yamlIn(file, collector.findings);
    const run = runConfigIn(config);
    if (run && isTemplate(file, run.config, collector)) return;
    let data: PlannedData = {};
    for (const list of run ? runStreams(run) : streamListsIn(config))
      data = { ...data, ...(await readStreams(file, list, collector)) };
    if (run) await addPlannedRun(file, foundryRun(run.config), data, collector);
  },
});

const UNITS = { proportion: 'sample_share', repeat: 'epochs', choose: 'unnormalised' } as const;
const MIXING_UNITS = ['proportion', 'repeat', 'choose'] as const;
type MixingUnit = (typeof MIXING_UNITS)[number];

type MixedStream = {
  readonly stream: Stream;
  readonly members: JsonObject;
  readonly units: readonly MixingUnit[];
};

/** Adds the mixture of training streams, which a run is to follow only where all of them could be read. Those of evaluations and those of templates are only named in the report. */
async function readStreams(
  file: SourceFile,
  list: StreamList,
  collector: FactCollector,
): Promise<PlannedData> {
  const pointer = pointerTo(...list.keys);
  if (list.keys.some(namesHeldOut)) {
    const example = `${file.path} ${pointer}: no run trains on these streams; they are no mixture`;
    collector.findings.warn('held_out_blend_left_out', example);
    return {};
  }
  const streams = list.streams.flatMap((stream): MixedStream[] => {
    const { members, key } = stream;
    if (isStream(members))
      return [{ stream, members, units: MIXING_UNITS.filter((unit) => isGiven(members[unit])) }];
    collector.findings.reject(
      file.path,
      pointer + pointerTo(key),
      'the stream has neither a remote nor a local path',
    );
    return [];
  });
  const placeholder = placeholderIn(
    streams.map(({ members }) => ({ source: rootOf(members), weight: weightOf(members) })),
  );
  if (placeholder !== undefined) {
    reportTemplate(`${file.path} ${pointer}`, placeholder, collector);
    return { isTemplate: true };
  }
  const [unit, ...others] = [...new Set(streams.flatMap(({ units }) => units))];
  const origin = { sha256: await file.sha256(), pointer };
  const isWhole = (read: readonly unknown[]) => read.length === list.streams.length;
  if (unit === undefined) {
    const snapshotId = await addSources(file, pointer, streams, collector);
    return isWhole(streams) ? { snapshotId } : {};
  }
  if (others.length > 0) {
    const why = `the streams use ${[unit, ...others].join(' and ')}; all streams of a dataset must use the same one`;
    collector.findings.reject(file.path, pointer, why);
    return {};
  }
  const shares = sharesIn(streams, unit, (key, why) =>
    collector.findings.reject(file.path, pointer + pointerTo(key), why),
  );
  const slices = slicesFor(shares);
  const weights = shares.map(({ weight, address }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight,
    source: truncate(address, 2048),
  }));
  if (unit === 'proportion') reportSum(collector, file.path, weights);
  const phases = [{ name: 'all', fromStep: 0, weights }];
  const mixtureId = addPlan(collector, origin, { name: stemOf(file.path), unit: UNITS[unit], phases });
  return mixtureId === undefined || !isWhole(shares) ? {} : { mixtureId };
}

/** The streams with their weights. One without a weight of this unit is rejected. */
function sharesIn(
  streams: readonly MixedStream[],
  unit: MixingUnit,
  reject: (key: string | number, why: string) => void,
) {
  return streams.flatMap(({ stream, members }) => {
    const weight = looseNumberIn(members[unit]);
    if (weight !== undefined && weight >= 0) return [{ stream, weight, address: addressOf(members) }];
    const why = isGiven(members[unit])
      ? `the ${unit} of the stream is not a non-negative number`
      : `the stream has no ${unit}, but other streams have one`;
    reject(stream.key, why);
    return [];
  });
}

const weightOf = (members: JsonObject): unknown => MIXING_UNITS.map((unit) => members[unit]).find(isGiven);

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function slicesFor(shares: readonly { readonly stream: Stream; readonly address: string }[]): string[] {
  const names = shares.flatMap(({ stream }) => stream.name ?? []);
  if (names.length === shares.length) return numbered(names.map(sliceName));
  return slicesOf(shares.map(({ address }) => address));
}

function addSources(
  file: SourceFile,
  pointer: string,
  streams: readonly MixedStream[],
  collector: FactCollector,
): Promise<string> {
  if (streams.length > 1)
    collector.findings.warn(
      'weights_absent',
      `${file.path}: no stream has a weight; imported as a list of sources instead of a mixture`,
    );
  const sources = streams.map(({ stream, members }) => ({ ref: addressOf(members), name: stream.name }));
  return addSourceList(file, pointer, sources, collector);
}
