import { basename } from 'node:path';
import { contentId, importedEvent, readFolder, stemOf } from '@tributary/importers';
import type { ImportedEvent, NewFact } from '@tributary/importers';
import { attributeFacts, normaliserFact } from '@tributary/tagging';
import type { Attribute, Instrument, Summary } from '@tributary/tagging';
import { append } from '../append.ts';
import type { Progress } from '../context.ts';
import { catchUp } from '../server/catch-up.ts';
import { postEvents } from '../server/post-events.ts';
import { withServer } from '../server/reach.ts';
import type { TaggedFile } from './tag-answer.ts';
import type { TagOptions } from './tag-request.ts';

export type Opened = { readonly attribute: Attribute; readonly instrument: Instrument };

/** A file with what was measured of it. */
export type Tagged = { readonly file: TaggedFile; readonly summary: Summary };

/** The importer that the ids of these facts name. */
const TAG = { kind: 'tag', version: '1.0' };

/**
 * The facts of what was measured, with ids made of the digest of the file and of everything that decides about the values,
 * so that measuring the same again adds nothing. A shard is named by the file, or by --shard.
 */
export async function factsOf(
  tagged: readonly Tagged[],
  opened: readonly Opened[],
  options: TagOptions,
): Promise<readonly ImportedEvent[]> {
  const events: ImportedEvent[] = [];
  for (const { file, summary } of tagged) {
    const sha256 = await digestOf(file.path);
    const shard = options.shard ?? contentId(stemOf(basename(file.path)), sha256);
    for (const { attribute, instrument } of opened) {
      const normaliser = instrument.relative?.normaliser();
      const { field, sample, seed, code, language } = options;
      const decides = [
        shard,
        instrument.version,
        normaliser?.id,
        field,
        sample,
        sample && seed,
        code,
        language,
      ];
      const add = (name: string, fact: NewFact) =>
        void events.push(
          importedEvent(TAG, { sha256, pointer: '' }, JSON.stringify([name, ...decides]), fact),
        );
      const measured = { shard, summary, isSample: options.sample !== undefined };
      const facts = attributeFacts(attribute, instrument, measured);
      if (normaliser && facts.length > 0)
        add(attribute.name, {
          type: 'corpus.normaliser.frozen',
          data: normaliserFact(attribute.name, shard, normaliser),
        });
      for (const data of facts) add(data.attribute, { type: 'corpus.attribute.measured', data });
    }
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
  readonly appended: number;
  readonly duplicates: number;
};

/** Appends the facts, or only counts them where nothing is to be written. */
export async function recordFacts(
  events: readonly ImportedEvent[],
  options: TagOptions,
  progress: Progress,
): Promise<RecordedFacts> {
  if (options.dryRun || events.length === 0) return { planned: events.length, appended: 0, duplicates: 0 };
  return withServer(options, async (url) => {
    const lines = events.map((event) => ({ text: JSON.stringify(event), source: event.importedsha256 }));
    const { appended, duplicates } = await append(lines, (batch) => postEvents(url, batch), progress);
    await catchUp(url, progress);
    progress.step('');
    return { planned: events.length, appended, duplicates };
  });
}
