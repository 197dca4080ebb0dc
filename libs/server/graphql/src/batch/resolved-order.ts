import type { Blobs } from '@tributary/blobs';
import { documentsIn, documentsOf, itemsOf, ownSamples, sampleRangeOf, samplesOf } from '@tributary/training';
import type { MegatronIndex, OpenArray, SampleDocument, StepOrder } from '@tributary/training';
import type {
  Batch,
  BatchCorpus,
  BatchDocument,
  BatchItem,
  OrderEncoding,
  OrderEvidence,
} from '../generated/schema.ts';
import { sourceRows } from './source-rows.ts';

/** What an order says about a step, and what it lacks. */
export type ResolvedOrder = Pick<
  Batch,
  'encoding' | 'level' | 'method' | 'of' | 'items' | 'tokens' | 'corpora' | 'ranges' | 'nodes'
> & {
  /** Documents on all pages. */
  readonly documents: number;
  readonly lacking: readonly string[];
};

const nothing: Pick<ResolvedOrder, 'tokens' | 'corpora' | 'ranges' | 'nodes' | 'documents' | 'lacking'> = {
  tokens: null,
  corpora: [],
  ranges: [],
  nodes: [],
  documents: 0,
  lacking: [],
};

export const unknownOrder: ResolvedOrder = {
  ...nothing,
  encoding: null,
  level: null,
  method: null,
  of: null,
  items: null,
};

const KINDS: Readonly<
  Record<StepOrder['encoding'], { readonly encoding: OrderEncoding; readonly level: OrderEvidence }>
> = {
  megatronIndex: { encoding: 'megatron_index', level: 'reconstructed' },
  ranges: { encoding: 'ranges', level: 'recorded' },
  ids: { encoding: 'ids', level: 'recorded' },
  sampler: { encoding: 'sampler', level: 'replayable' },
  digest: { encoding: 'digest', level: 'digest_only' },
};

/** Which files an order is read from, and which of its documents are asked for. */
export type Reading = {
  readonly blobs: Pick<Blobs, 'readRange' | 'bytesOf'>;
  readonly open: OpenArray;
  readonly step: number;
  readonly page: { readonly from: number; readonly count: number };
};

/** What an order says about a step. Throws Fault `blob_damaged` where a file that it names is not what it was. */
export async function resolvedOrder(found: StepOrder, reading: Reading): Promise<ResolvedOrder> {
  const { order, encoding, method } = found;
  const { step } = reading;
  const head = { ...nothing, ...KINDS[encoding], method, items: itemsOf(found, step) };
  const { megatronIndex, ranges, ids, sampler } = order;
  if (megatronIndex) return { ...head, of: 'sample', ...(await megatronBatch(megatronIndex, reading)) };
  if (ranges) {
    const tokens = ranges.of === 'token' ? head.items : null;
    const read = ranges.steps[step - found.first_step] ?? [];
    return {
      ...head,
      of: ranges.of,
      tokens,
      ranges: read.map(({ shardId: shard, ...range }) => ({ shard, ...range })),
    };
  }
  return { ...head, ...unread(ids?.of ?? null, { ids: ids?.sha256, sampler: sampler?.name }) };
}

const unread = (
  of: BatchItem | null,
  { ids, sampler }: { readonly ids: string | undefined; readonly sampler: string | undefined },
): Pick<ResolvedOrder, 'of' | 'lacking'> => {
  if (ids !== undefined)
    return { of, lacking: [`what the step read is in the file of ids ${ids}, which is not read here`] };
  if (sampler !== undefined)
    return { of, lacking: [`what the step read is known to who runs the sampler ${sampler} again`] };
  return { of, lacking: ['only a digest of what the step read is recorded'] };
};

async function megatronBatch(
  index: MegatronIndex,
  reading: Reading,
): Promise<Partial<ResolvedOrder> & Pick<ResolvedOrder, 'lacking'>> {
  const { open, step, page, blobs } = reading;
  const range = sampleRangeOf(index, step);
  const tokens = range.count * index.sequenceLength;
  const own = await ownSamples(index, range, open);
  if (typeof own === 'string')
    return { tokens: Number.isSafeInteger(tokens) ? tokens : null, lacking: [own] };
  const corpora = corporaOf(index, own.corpora);
  const samples = await samplesOf(index, range, own, open);
  if (typeof samples === 'string') return { tokens, corpora, lacking: [samples] };
  const found = await documentsOf(index, samples, page, open);
  if (typeof found === 'string') return { tokens, corpora, lacking: [found] };
  const rows = await sourceRows(blobs, index, found);
  const nodes = found.map((document): BatchDocument => {
    const row = rows.of(document);
    return { ...named(index, document), sourcePath: row?.path ?? null, sourceRow: row?.row ?? null };
  });
  const lacking = [...rows.lacking, ...(await unknownLengths(index, found, open))];
  return { tokens, corpora, nodes, documents: documentsIn(samples), lacking };
}

/** Files of lengths that the order names and that cannot be read, of the corpora of the documents. */
async function unknownLengths(
  { corpora }: MegatronIndex,
  documents: readonly SampleDocument[],
  open: OpenArray,
): Promise<string[]> {
  const lacking: string[] = [];
  for (const corpus of new Set(documents.map((document) => document.corpus))) {
    const { index, path = '' } = corpora[corpus] ?? {};
    const lengths = index === undefined ? undefined : await open(index);
    if (typeof lengths === 'string') lacking.push(`the lengths of the documents of ${path}: ${lengths}`);
  }
  return lacking;
}

function named(
  { corpora }: MegatronIndex,
  { corpus, sample, document, from, to, label }: SampleDocument,
): Omit<BatchDocument, 'sourcePath' | 'sourceRow'> {
  const { path = '', shardId } = corpora[corpus] ?? {};
  return { sample, corpus: path, shard: shardId ?? null, document, from, to, label };
}

function corporaOf({ corpora, sequenceLength }: MegatronIndex, read: readonly number[]): BatchCorpus[] {
  const counts = new Map<number, number>();
  for (const corpus of read) counts.set(corpus, (counts.get(corpus) ?? 0) + 1);
  return corpora.flatMap(({ path, slice, shardId }, at) => {
    const samples = counts.get(at) ?? 0;
    if (samples === 0) return [];
    return [
      { path, slice: slice ?? null, shard: shardId ?? null, samples, tokens: samples * sequenceLength },
    ];
  });
}
