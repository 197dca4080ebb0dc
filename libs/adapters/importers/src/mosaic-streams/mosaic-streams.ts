import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { looseNumberIn, pointerTo } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { truncate } from '../facts/text.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../files/plain-yaml.ts';
import { addPlan, reportSum } from '../facts/mixture-plan.ts';
import { numbered, slicesOf, sliceName } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { addressOf, isStream, streamListsIn } from './streams.ts';
import type { Stream, StreamList } from './streams.ts';

/** Streams of MosaicML streaming in configurations such as those of LLM Foundry. */
export const mosaicStreams = fileImporter({
  kind: 'mosaic-streams',
  version: '1.0',
  looksFor: 'YAML with streams that have a remote or local path, and a proportion, repeat or choose',
  async recognise(file) {
    if (!mayBeYaml(file)) return undefined;
    const text = await file.text();
    if (!/\bstreams\b/.test(text)) return undefined;
    const [first] = streamListsIn(plainYaml(text).documents[0]);
    return (
      first && { confidence: 0.9, evidence: `has ${first.streams.length} streams in ${first.keys.join('.')}` }
    );
  },
  async readFile(file, collector) {
    for (const list of streamListsIn(await yamlIn(file, collector.findings)))
      await readStreams(file, list, collector);
  },
});

const UNITS = { proportion: 'sample_share', repeat: 'epochs', choose: 'unnormalised' } as const;
const MIXING_UNITS = ['proportion', 'repeat', 'choose'] as const;
type MixingUnit = (typeof MIXING_UNITS)[number];

type MixedStream = {
  readonly stream: Stream;
  readonly members: JsonObject;
  readonly ways: readonly MixingUnit[];
};

/** Streams for training are a mixture; those that an evaluation reads are not. */
async function readStreams(file: SourceFile, list: StreamList, collector: FactCollector): Promise<void> {
  if (list.keys.some((key) => /eval|valid|test/i.test(key))) return;
  const pointer = pointerTo(...list.keys);
  const found = list.streams.flatMap((stream): MixedStream[] => {
    const { members, key } = stream;
    if (isStream(members))
      return [{ stream, members, ways: MIXING_UNITS.filter((way) => isGiven(members[way])) }];
    collector.findings.reject(
      file.path,
      pointer + pointerTo(key),
      'the stream has no remote and no local path',
    );
    return [];
  });
  const [way, ...others] = [...new Set(found.flatMap(({ ways }) => ways))];
  const origin = { sha256: await file.sha256(), pointer };
  if (way === undefined) return addSources(file, origin, found, collector);
  if (others.length > 0) {
    const why = `${[way, ...others].join(' and ')} are no one unit: streams mix by exactly one of them`;
    return collector.findings.reject(file.path, pointer, why);
  }
  const shares = found.flatMap(({ stream, members }) => {
    const weight = looseNumberIn(members[way]);
    if (weight !== undefined && weight >= 0) return [{ stream, weight, address: addressOf(members) }];
    const why = isGiven(members[way]) ? `its ${way} is no share` : `it has no ${way} while others do`;
    collector.findings.reject(file.path, pointer + pointerTo(stream.key), why);
    return [];
  });
  const slices = slicesFor(shares);
  const weights = shares.map(({ weight, address }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight,
    source: truncate(address, 2048),
  }));
  if (way === 'proportion') reportSum(collector, file.path, weights);
  const phases = [{ name: 'all', fromStep: 0, weights }];
  addPlan(collector, origin, { name: stemOf(file.path), unit: UNITS[way], phases });
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function slicesFor(shares: readonly { readonly stream: Stream; readonly address: string }[]): string[] {
  const names = shares.flatMap(({ stream }) => stream.name ?? []);
  if (names.length === shares.length) return numbered(names.map(sliceName));
  return slicesOf(shares.map(({ address }) => address));
}

const MOST_SOURCES = 5000;

function addSources(
  file: SourceFile,
  origin: { readonly sha256: string; readonly pointer: string },
  found: readonly MixedStream[],
  collector: FactCollector,
): void {
  collector.findings.warn('weights_absent', `${file.path}: imported as a list of sources, not as a mixture`);
  const snapshotId = contentId(stemOf(file.path), origin.sha256);
  const sources = found.slice(0, MOST_SOURCES).map(({ stream, members }) => ({
    kind: 'uri' as const,
    ref: truncate(addressOf(members), 2048),
    multiplicity: 1,
    ...(stream.name !== undefined && { name: truncate(stream.name, 512) }),
  }));
  const left = found.length - sources.length;
  if (left > 0)
    collector.findings.warn('sources_left_out', `${file.path}: ${MOST_SOURCES} sources are kept`, left);
  collector.add(origin, snapshotId, {
    type: 'corpus.snapshot.registered',
    data: { snapshotId, name: truncate(stemOf(file.path), 512), sources },
  });
}
