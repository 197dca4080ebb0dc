import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { documentFile } from '@tributary/documents';
import { contentId, importedEvent, readFolder, stemOf } from '@tributary/importers';
import type { ImportedEvent, NewFact, Rejection } from '@tributary/importers';
import { appendAll } from '@tributary/kernel';
import { attributeFacts, contaminationFact, normaliserFact } from '@tributary/tagging';
import type { Attribute, ContaminationFact, Instrument, Summary } from '@tributary/tagging';
import { append } from '../append.ts';
import type { Progress } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { catchUp } from '../server/catch-up.ts';
import { postEvents } from '../server/post-events.ts';
import { withServer } from '../server/reach.ts';
import type { TaggedFile } from './tag-answer.ts';
import { TAG_KIND } from './tag-kind.ts';
import type { TagOptions } from './tag-request.ts';

export type Opened = { readonly attribute: Attribute; readonly instrument: Instrument };

/** A file with what was measured of it. */
export type Tagged = { readonly file: TaggedFile; readonly summary: Summary };

const TAG = { kind: TAG_KIND, version: '1.0' };

/** A file with its digest and the shard that it is. */
type TaggedShard = Tagged & { readonly sha256: string; readonly shard: string };

/**
 * The facts of what was measured at a path, with ids made of the digest of the file and of everything that decides about
 * the values, so that measuring the same again adds nothing. A shard is named by the file, or by --shard.
 */
export async function factsOf(
  path: string,
  tagged: readonly Tagged[],
  opened: readonly Opened[],
  options: TagOptions,
): Promise<readonly ImportedEvent[]> {
  const digests: string[] = [];
  for (const { file } of tagged) digests.push(await digestOf(file.path));
  const names = shardNames(
    path,
    tagged.map(({ file }, at) => ({ path: file.path, sha256: digests[at] ?? '' })),
  );
  const shards = tagged.map((one, at): TaggedShard => {
    const { sha256 = '', shard = '' } = names[at] ?? {};
    return { ...one, sha256, shard: options.shard ?? shard };
  });
  const measuring = { options, isAlone: shards.length === 1, among: amongText(shards) };
  const events: ImportedEvent[] = [];
  for (const one of shards)
    for (const by of opened) appendAll(events, await measuredEvents(one, by, measuring));
  return events.length === 0 ? [] : [...(await normaliserEvents(path, shards, opened, options)), ...events];
}

type Measuring = { readonly options: TagOptions; readonly isAlone: boolean; readonly among: string };

/** The files that documents were compared across, as a part of a version; empty for one file. */
function amongText(shards: readonly TaggedShard[]): string {
  if (shards.length < 2) return '';
  const digests = shards.map(({ sha256 }) => sha256).join('\n');
  const sha256 = createHash('sha256').update(digests).digest('hex');
  return `, among ${shards.length} files sha256:${sha256.slice(0, 16)}`;
}

/**
 * The shard that each file is: its name and its digest. Further equal files of that name have their path for a name, because
 * what is measured of one may not hold for the other: the first of two copies is no duplicate.
 */
function shardNames(
  root: string,
  files: readonly { readonly path: string; readonly sha256: string }[],
): readonly { readonly sha256: string; readonly shard: string }[] {
  const taken = new Set<string>();
  return files.map(({ path, sha256 }) => {
    const own = contentId(stemOf(basename(path)), sha256);
    const shard = taken.has(own) ? contentId(relative(root, path).split(sep).join('/'), sha256) : own;
    taken.add(shard);
    return { sha256, shard };
  });
}

/** What one attribute has measured of one file. The normaliser of a file that is alone is computed on its shard. */
async function measuredEvents(
  { file, summary, sha256, shard }: TaggedShard,
  { attribute, instrument }: Opened,
  { options, isAlone, among }: Measuring,
): Promise<ImportedEvent[]> {
  const normaliser = instrument.relative?.normaliser();
  const { field, sample, seed, code, language } = options;
  const version = attribute.comparesDocuments ? `${instrument.version}${among}` : instrument.version;
  const decides = [shard, version, normaliser?.id, field, sample, sample && seed, code, language];
  const made = (name: string, fact: NewFact) =>
    importedEvent(TAG, { sha256, pointer: '' }, JSON.stringify([name, ...decides]), fact);
  /* What a sample has too few of is not counted of its file. */
  const totals = sample === undefined ? instrument.totals?.(file.path) : undefined;
  const measured = { shard, summary, isSample: sample !== undefined, ...(totals && { totals }) };
  const facts = attributeFacts(attribute, { ...instrument, version }, measured);
  const frozen =
    normaliser?.from === 'corpus' && isAlone && facts.length > 0
      ? [normaliserFact(attribute.name, shard, normaliser)]
      : [];
  const found = await searchedIn({ file, summary, sha256, shard }, instrument, options);
  return [
    ...found.map((data) =>
      made(JSON.stringify([attribute.name, data.benchmark, data.benchmarkVersion, data.scope]), {
        type: 'corpus.contamination.found',
        data,
      }),
    ),
    ...frozen.map((data) => made(attribute.name, { type: 'corpus.normaliser.frozen', data })),
    ...facts.map((data) => made(data.attribute, { type: 'corpus.attribute.measured', data })),
  ];
}

/** What was searched for in a file, where the benchmark is named. */
async function searchedIn(
  { file, ...searched }: TaggedShard,
  instrument: Instrument,
  options: TagOptions,
): Promise<ContaminationFact[]> {
  const { benchmark, benchmarkVersion, againstField: itemFields, sample } = options;
  if (benchmark === undefined) return [];
  const { path, field } = file;
  const isPart = sample !== undefined || (await leavesTextOut(file, options));
  const found = contaminationFact(instrument, {
    ...searched,
    path,
    field,
    isPart,
    benchmark,
    benchmarkVersion,
    itemFields,
  });
  return found ? [found] : [];
}

/**
 * Whether rows have text that was not searched: beside the searched field, whoever chose that, unless the user says that the
 * shard is nothing else. Rows that are measured as their JSON have words that its escapes join to others.
 */
async function leavesTextOut(
  { path, format, field }: TaggedFile,
  { onlyField }: TagOptions,
): Promise<boolean> {
  if (format === 'text') return false;
  if (field === null) return true;
  if (onlyField === true) return false;
  const seen = await (await documentFile(path)).fields();
  return [...seen].some(([name, kind]) => name !== field && kind !== 'other');
}

/**
 * A normaliser of several files is frozen once, for all of them as one corpus. One that was given in a file comes from a
 * corpus that nobody named; one that was given by its id is recorded already.
 */
async function normaliserEvents(
  path: string,
  shards: readonly TaggedShard[],
  opened: readonly Opened[],
  { normaliser: given }: TagOptions,
): Promise<ImportedEvent[]> {
  const events: ImportedEvent[] = [];
  for (const { attribute, instrument } of opened) {
    const normaliser = instrument.relative?.normaliser();
    const [first] = shards;
    if (!normaliser || !first) continue;
    const isFile = normaliser.from === 'file' && given !== undefined;
    if (isFile ? !existsSync(given) : shards.length === 1) continue;
    const sha256 = isFile ? await digestOf(given) : first.sha256;
    const digests = shards.map((shard) => shard.sha256).toSorted();
    const corpus = isFile
      ? `unknown (${contentId(basename(given), sha256)})`
      : contentId(basename(resolve(path)), createHash('sha256').update(digests.join('\n')).digest('hex'));
    const data = normaliserFact(attribute.name, corpus, normaliser);
    const entity = JSON.stringify([attribute.name, corpus, normaliser.id]);
    events.push(
      importedEvent(TAG, { sha256, pointer: '' }, entity, { type: 'corpus.normaliser.frozen', data }),
    );
  }
  return events;
}

async function digestOf(path: string): Promise<string> {
  const { files } = await readFolder(path);
  const [file] = files;
  if (!file) throw new RangeError(`${path} is no file`);
  return file.sha256();
}

export type RecordedFacts = {
  readonly planned: number;
  /** Where they were written instead of being appended. */
  readonly file?: string;
  readonly appended: number;
  readonly duplicates: number;
  /** What the log refused, and why. */
  readonly rejected: readonly Rejection[];
};

/** Appends the facts, writes them to a file, or only counts them where nothing is to be written. */
export async function recordFacts(
  events: readonly ImportedEvent[],
  options: TagOptions,
  progress: Progress,
): Promise<RecordedFacts> {
  const none = { planned: events.length, appended: 0, duplicates: 0, rejected: [] };
  if (options.facts !== undefined) {
    await writeFacts(options.facts, events);
    return { ...none, file: options.facts };
  }
  if (options.dryRun || events.length === 0) return none;
  return withServer(options, async (url) => {
    const lines = events.map((event) => ({
      text: JSON.stringify(event),
      source: `${event.type} ${event.id}`,
    }));
    const { appended, duplicates, rejected } = await append(
      lines,
      (batch) => postEvents(url, batch),
      progress,
    );
    await catchUp(url, progress);
    progress.step('');
    return { planned: events.length, appended, duplicates, rejected };
  });
}

/** One event a line. The same documents and options write the same bytes. */
async function writeFacts(path: string, events: readonly ImportedEvent[]): Promise<void> {
  const lines = events.map((event) => `${JSON.stringify(event)}\n`);
  await writeFile(path, lines.join('')).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Exit(EXIT.failed, `the facts cannot be written to ${path}: ${reason}`, 'file_not_written');
  });
}
