/** The items in chunks of the given size; the last chunk may be smaller. */
export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_value, index) => items.slice(index * size, (index + 1) * size));
}

type ChunkLimits = {
  readonly items: number;
  /** Bytes of the items as JSON; 512 KiB if absent, so that a chunk fits into one telemetry event. */
  readonly bytes?: number;
  /** Bytes that every item adds to its own, such as the comma behind it. */
  readonly separator?: number;
};

const MAX_CHUNK_BYTES = 512 * 1024;

/** The items in chunks that keep both limits. An item larger than the byte limit is a chunk of its own. */
export function limitedChunks<Item>(
  items: readonly Item[],
  { items: maxItems, bytes: maxBytes = MAX_CHUNK_BYTES, separator = 1 }: ChunkLimits,
): [Item, ...Item[]][] {
  const chunks: [Item, ...Item[]][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + separator;
    const last = chunks.at(-1);
    if (last && last.length < maxItems && bytes + size <= maxBytes) {
      last.push(item);
      bytes += size;
    } else {
      chunks.push([item]);
      bytes = size;
    }
  }
  return chunks;
}

/** The items as a list that is not empty, which the schemas require; undefined if there are none. */
export function asNonEmpty<Item>(items: readonly Item[]): [Item, ...Item[]] | undefined {
  const [first, ...rest] = items;
  return first === undefined ? undefined : [first, ...rest];
}

/** The items as a list that is not empty. An empty list is a defect of the importer: RangeError. */
export function requireNonEmpty<Item>(items: readonly Item[]): [Item, ...Item[]] {
  const list = asNonEmpty(items);
  if (!list) throw new RangeError('a fact needs at least one member');
  return list;
}
