import { createHash } from 'node:crypto';

/** A Megatron cache that is drawn by a generator, with what its samples are by a simulation that uses no index arrays. */
export type DrawnCache = {
  /** Files by path, as an import finds them. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The corpora of the run, as it was told. */
  readonly paths: readonly string[];
  /** For each sample of the run its corpus and its parts of documents. */
  readonly samples: readonly DrawnSample[];
};

type DrawnSample = { readonly corpus: number; readonly parts: readonly DrawnPart[] };

/** Items of a document that a sample reads; `label` where its last item is only a label. */
type DrawnPart = {
  readonly document: number;
  readonly from: number;
  readonly to: number;
  readonly label: number | null;
};

export type CacheShape = {
  readonly corpora: readonly { readonly lengths: readonly number[]; readonly epochs: number }[];
  readonly sequenceLength: number;
  /** Numbers from 0 to 1, used in their order. */
  readonly random: () => number;
};

/** Draws a cache; samples of a corpus that no run reaches are left out of the blend. */
export function drawCache({ corpora, sequenceLength, random }: CacheShape): DrawnCache {
  const own = corpora.map(({ lengths, epochs }) => drawCorpus(lengths, epochs, { sequenceLength, random }));
  const paths = corpora.map((_corpus, at) => `/run/corpora/part-${at}/c_text_document`);
  const blend = shuffled(
    own.flatMap(({ samples }, corpus) => samples.map((_sample, index) => ({ corpus, index }))),
    random,
  );
  /* A blend counts through the samples of each corpus. */
  const next = corpora.map(() => 0);
  const order = blend.map(({ corpus }) => {
    const index = next[corpus] ?? 0;
    next[corpus] = index + 1;
    return { corpus, own: index };
  });
  const descriptions = paths.map((path, at) =>
    JSON.stringify({
      class: 'GPTDataset',
      dataset_path: path,
      index_split: 'train',
      random_seed: at,
      sequence_length: sequenceLength,
    }),
  );
  const files: Record<string, Uint8Array> = {};
  for (const [at, corpus] of own.entries()) {
    const stem = `cache/${hex(at)}-GPTDataset-train-`;
    files[`${stem}description.txt`] = Buffer.from(descriptions[at] ?? '');
    files[`${stem}document_index.npy`] = npy('<i4', [corpus.order.length], corpus.order);
    files[`${stem}sample_index.npy`] = npy('<i4', [corpus.boundaries.length, 2], corpus.boundaries.flat());
    files[`${stem}shuffle_index.npy`] = npy('<u4', [corpus.shuffle.length], corpus.shuffle);
    files[`part-${at}/c_text_document.idx`] = idx(corpora[at]?.lengths ?? []);
  }
  if (corpora.length > 1) {
    const stem = `cache/${hex(99)}-BlendedDataset-train-`;
    const description = {
      class: 'BlendedDataset',
      datasets: descriptions.map((text): unknown => JSON.parse(text)),
      weights: corpora.map(() => 1 / corpora.length),
      size: order.length,
    };
    files[`${stem}description.txt`] = Buffer.from(JSON.stringify(description));
    files[`${stem}dataset_index.npy`] = npy(
      '<i2',
      [order.length],
      order.map(({ corpus }) => corpus),
    );
    files[`${stem}dataset_sample_index.npy`] = npy(
      '<i8',
      [order.length],
      order.map(({ own: index }) => index),
    );
  }
  const samples = order.map(({ corpus, own: index }) => ({
    corpus,
    parts: own[corpus]?.samples[index] ?? [],
  }));
  return { files, paths, samples };
}

const hex = (number: number): string => number.toString(16).padStart(32, '0');

type Chance = Pick<CacheShape, 'sequenceLength' | 'random'>;

/** The order of documents over all epochs, and its samples in the order in which they are read. */
function drawCorpus(lengths: readonly number[], epochs: number, { sequenceLength, random }: Chance) {
  const order = Array.from({ length: epochs }, () =>
    shuffled(
      lengths.map((_length, document) => document),
      random,
    ),
  ).flat();
  /* Every item of all epochs, one after the other. */
  const items = order.flatMap((document, entry) =>
    Array.from({ length: lengths[document] ?? 0 }, (_none, item) => ({ entry, document, item })),
  );
  const count = Math.floor((items.length - 1) / sequenceLength);
  const boundaries = Array.from({ length: count + 1 }, (_none, at) => {
    const { entry = 0, item = 0 } = items[at * sequenceLength] ?? {};
    return [entry, item] as const;
  });
  const shuffle = shuffled(
    boundaries.slice(1).map((_boundary, at) => at),
    random,
  );
  const samples = shuffle.map((row) => {
    const read = items.slice(row * sequenceLength, (row + 1) * sequenceLength);
    return partsOf(read, items[(row + 1) * sequenceLength]);
  });
  return { order, boundaries, shuffle, samples };
}

type Item = { readonly entry: number; readonly document: number; readonly item: number };

/** The items that a sample reads by entry of the order, and the label behind them. */
function partsOf(read: readonly Item[], label: Item | undefined): DrawnPart[] {
  const parts: (DrawnPart & { entry: number })[] = [];
  for (const { entry, document, item } of read) {
    const last = parts.at(-1);
    if (last?.entry === entry) parts[parts.length - 1] = { ...last, to: item + 1 };
    else parts.push({ entry, document, from: item, to: item + 1, label: null });
  }
  if (label) {
    const last = parts.at(-1);
    if (last?.entry === label.entry) parts[parts.length - 1] = { ...last, label: label.item };
    else parts.push({ entry: label.entry, document: label.document, from: 0, to: 0, label: label.item });
  }
  return parts.map(({ entry: _entry, ...part }) => part);
}

function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  return values
    .map((value) => ({ value, key: random() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ value }) => value);
}

const WRITERS: Readonly<Record<string, (bytes: Buffer, value: number, at: number) => void>> = {
  '<i2': (bytes, value, at) => bytes.writeInt16LE(value, at * 2),
  '<i4': (bytes, value, at) => bytes.writeInt32LE(value, at * 4),
  '<u4': (bytes, value, at) => bytes.writeUInt32LE(value, at * 4),
  '<i8': (bytes, value, at) => bytes.writeBigInt64LE(BigInt(value), at * 8),
};

/** An array as `numpy.save` writes it. */
function npy(type: string, shape: readonly number[], values: readonly number[]): Uint8Array {
  const head = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const padded = `${head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(padded.length);
  const body = Buffer.alloc(values.length * Number(type.at(-1)));
  for (const [at, value] of values.entries()) WRITERS[type]?.(body, value, at);
  return Buffer.concat([Buffer.from('\u0093NUMPY\u0001\u0000', 'latin1'), length, Buffer.from(padded), body]);
}

/** An `.idx` file of documents of one sequence each, with two bytes an item. */
function idx(lengths: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(34 + lengths.length * 12 + (lengths.length + 1) * 8);
  bytes.write('MMIDIDX\0\0', 'latin1');
  bytes.writeBigUInt64LE(1n, 9);
  bytes.writeUInt8(8, 17);
  bytes.writeBigUInt64LE(BigInt(lengths.length), 18);
  bytes.writeBigUInt64LE(BigInt(lengths.length + 1), 26);
  let pointer = 0;
  for (const [at, length] of lengths.entries()) {
    bytes.writeInt32LE(length, 34 + at * 4);
    bytes.writeBigInt64LE(BigInt(pointer), 34 + lengths.length * 4 + at * 8);
    pointer += length * 2;
  }
  for (const at of [...lengths.keys(), lengths.length])
    bytes.writeBigInt64LE(BigInt(at), 34 + lengths.length * 12 + at * 8);
  return bytes;
}

/** The fact about the order of one step over a drawn cache of one corpus. */
export function orderOf(
  { files, paths }: DrawnCache,
  { runId, samples }: { readonly runId: string; readonly samples: number },
): object {
  const sha256 = (end: string) =>
    createHash('sha256')
      .update(Object.entries(files).find(([path]) => path.endsWith(end))?.[1] ?? '')
      .digest('hex');
  const corpus = {
    path: paths[0],
    document: sha256('document_index.npy'),
    sample: sha256('sample_index.npy'),
    shuffle: sha256('shuffle_index.npy'),
    index: sha256('.idx'),
  };
  const batches = [{ fromStep: 1, samples }];
  return {
    runId,
    attempt: 1,
    firstStep: 1,
    lastStep: 1,
    method: 'inferred',
    order: {
      megatronIndex: {
        sequenceLength: 6,
        firstSample: 0,
        batches,
        corpora: [corpus],
      },
    },
  };
}
