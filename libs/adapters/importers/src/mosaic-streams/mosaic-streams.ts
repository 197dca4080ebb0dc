import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../folder.ts';
import { looseNumberIn, pointerTo } from '../json-members.ts';
import type { JsonObject } from '../json-members.ts';
import { cut } from '../manifest/cut.ts';
import { contentId, stemOf } from '../manifest/shard-list.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../nanotron/plain-yaml.ts';
import { addPlan, tellSum } from '../nanotron/plan.ts';
import { numbered, slicesOf } from '../nanotron/slice-labels.ts';
import type { Reading } from '../reading.ts';
import { sliceName } from '../slice-name.ts';
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
  async readFile(file, reading) {
    for (const list of streamListsIn(await yamlIn(file, reading.findings)))
      await readStreams(file, list, reading);
  },
});

const UNITS = { proportion: 'sample_share', repeat: 'epochs', choose: 'unnormalised' } as const;
const WAYS = ['proportion', 'repeat', 'choose'] as const;
type Way = (typeof WAYS)[number];

type Weighed = { readonly stream: Stream; readonly members: JsonObject; readonly ways: readonly Way[] };

/** Streams for training are a mixture; those that an evaluation reads are not. */
async function readStreams(file: SourceFile, list: StreamList, reading: Reading): Promise<void> {
  if (list.keys.some((key) => /eval|valid|test/i.test(key))) return;
  const pointer = pointerTo(...list.keys);
  const found = list.streams.flatMap((stream): Weighed[] => {
    const { members, key } = stream;
    if (isStream(members)) return [{ stream, members, ways: WAYS.filter((way) => isGiven(members[way])) }];
    reading.findings.reject(
      file.path,
      pointer + pointerTo(key),
      'the stream has no remote and no local path',
    );
    return [];
  });
  const [way, ...others] = [...new Set(found.flatMap(({ ways }) => ways))];
  const origin = { sha256: await file.sha256(), pointer };
  if (way === undefined) return addSources(file, origin, found, reading);
  if (others.length > 0) {
    const why = `${[way, ...others].join(' and ')} are no one unit: streams mix by exactly one of them`;
    return reading.findings.reject(file.path, pointer, why);
  }
  const shares = found.flatMap(({ stream, members }) => {
    const weight = looseNumberIn(members[way]);
    if (weight !== undefined && weight >= 0) return [{ stream, weight, address: addressOf(members) }];
    const why = isGiven(members[way]) ? `its ${way} is no share` : `it has no ${way} while others do`;
    reading.findings.reject(file.path, pointer + pointerTo(stream.key), why);
    return [];
  });
  const slices = slicesFor(shares);
  const weights = shares.map(({ weight, address }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight,
    source: cut(address, 2048),
  }));
  if (way === 'proportion') tellSum(reading, file.path, weights);
  const phases = [{ name: 'all', fromStep: 0, weights }];
  addPlan(reading, origin, { name: stemOf(file.path), unit: UNITS[way], phases });
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
  found: readonly Weighed[],
  reading: Reading,
): void {
  reading.findings.warn('weights_absent', `${file.path}: imported as a list of sources, not as a mixture`);
  const snapshotId = contentId(stemOf(file.path), origin.sha256);
  const sources = found.slice(0, MOST_SOURCES).map(({ stream, members }) => ({
    kind: 'uri' as const,
    ref: cut(addressOf(members), 2048),
    multiplicity: 1,
    ...(stream.name !== undefined && { name: cut(stream.name, 512) }),
  }));
  const left = found.length - sources.length;
  if (left > 0)
    reading.findings.warn('sources_left_out', `${file.path}: ${MOST_SOURCES} sources are kept`, left);
  reading.add(origin, snapshotId, {
    type: 'corpus.snapshot.registered',
    data: { snapshotId, name: cut(stemOf(file.path), 512), sources },
  });
}
