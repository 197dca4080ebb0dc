import { digestOfFiles } from './stats-file.ts';
import type { SourceFile } from '../files/folder.ts';
import { addAttributeValues } from '../facts/attribute-values.ts';
import { contentId } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';

const NAME = /^(\d{6})\.(remove|clusters|sizes)$/;

/** 32-bit words in a row of each file: the document, and in two of the files its cluster or the size of its cluster. */
const WORDS_PER_ROW = { remove: 1, clusters: 2, sizes: 2 } as const;
type MinhashPart = keyof typeof WORDS_PER_ROW;

const partOf = ({ name }: SourceFile): MinhashPart | undefined => {
  const part = NAME.exec(name)?.[2];
  return part === 'remove' || part === 'clusters' || part === 'sizes' ? part : undefined;
};

/** Whether a file is a result of MinHash deduplication: ascending document numbers in 32-bit words. */
export async function isMinhash(file: SourceFile): Promise<boolean> {
  const part = partOf(file);
  if (!part || file.bytes % (4 * WORDS_PER_ROW[part]) !== 0) return false;
  const rows = rowsIn(await file.head(), WORDS_PER_ROW[part]);
  return rows.every(([document = 0], index) => index === 0 || document > (rows[index - 1]?.[0] ?? 0));
}

function rowsIn(bytes: Uint8Array, words: number): number[][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / (4 * words));
  return Array.from({ length: count }, (_none, row) =>
    Array.from({ length: words }, (_word, word) => view.getUint32((row * words + word) * 4, true)),
  );
}

/** Adds the number of removed documents, and the cluster of each document. */
export async function readMinhash(
  folder: string,
  files: readonly SourceFile[],
  collector: FactCollector,
): Promise<void> {
  const digests = await Promise.all(files.map((file) => file.sha256()));
  const identity = await digestOfFiles(files);
  const pipelineId = contentId(folder, identity);
  const removed = files.filter((file) => partOf(file) === 'remove');
  if (removed.length > 0) {
    const documents = removed.reduce((sum, { bytes }) => sum + bytes / 4, 0);
    collector.add({ sha256: digests[0] ?? '', pointer: '' }, pipelineId, {
      type: 'corpus.step.completed',
      data: {
        pipelineId,
        stepId: 'minhash',
        name: 'MinHash deduplication',
        kind: 'deduplicate',
        tool: { name: 'datatrove' },
        dropped: [{ reason: 'duplicate', documents: { value: documents, method: 'measured' } }],
      },
    });
  }
  for (const file of files) await readClusters(file, pipelineId, collector);
}

const ATTRIBUTES = {
  remove: 'minhash_removed',
  clusters: 'minhash_cluster_id',
  sizes: 'minhash_cluster_size',
};

async function readClusters(file: SourceFile, pipelineId: string, collector: FactCollector): Promise<void> {
  const part = partOf(file);
  if (!part) return;
  const rows = rowsIn(await file.read(), WORDS_PER_ROW[part]);
  const [, rank = ''] = NAME.exec(file.name) ?? [];
  const values = rows.map(([document = 0, value = 1]) => ({
    ref: `${pipelineId}/${rank}/${document}`,
    value,
  }));
  const sha256 = await file.sha256();
  addAttributeValues(collector, { sha256, pointer: '' }, `${pipelineId}|${rank}|${part}`, {
    attribute: ATTRIBUTES[part],
    subjectKind: 'document',
    instrument: { name: 'datatrove' },
    method: 'measured',
    values,
  });
}
