/** Runs that one question names. */
const MOST_RUNS = 5_000;

/** Bytes of ids with their quotes that one question names: half of what a server takes in one field of a form (128 KiB). */
const MOST_BYTES = 64 * 1024;

/** Runs in their order, divided into as many as one question may name, and at least one. */
export function* runBlocks<Run extends { readonly run_id: string }>(runs: readonly Run[]): Generator<Run[]> {
  let block: Run[] = [];
  let bytes = 0;
  for (const run of runs) {
    const more = Buffer.byteLength(run.run_id) + 3;
    const isFull = block.length === MOST_RUNS || bytes + more > MOST_BYTES;
    if (isFull && block.length > 0) {
      yield block;
      [block, bytes] = [[], 0];
    }
    block.push(run);
    bytes += more;
  }
  if (block.length > 0) yield block;
}
