const MAX_BYTES = 512 * 1024;

/** The items in parts, each small enough for one event of telemetry. */
export function chunksOf<Item>(items: readonly Item[], most: number): [Item, ...Item[]][] {
  const chunks: [Item, ...Item[]][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    const last = chunks.at(-1);
    if (last && last.length < most && bytes + size <= MAX_BYTES) {
      last.push(item);
      bytes += size;
    } else {
      chunks.push([item]);
      bytes = size;
    }
  }
  return chunks;
}
