/** Runs that one question names. */
const MOST_RUNS = 5_000;

/** Characters of ids that one question names: a server takes the parameters of a question as part of its address. */
const MOST_CHARACTERS = 256 * 1024;

/** Runs in their order, divided into as many as one question may name, and at least one. */
export function* runBlocks<Run extends { readonly run_id: string }>(runs: readonly Run[]): Generator<Run[]> {
  let block: Run[] = [];
  let characters = 0;
  for (const run of runs) {
    const isFull = block.length === MOST_RUNS || characters + run.run_id.length > MOST_CHARACTERS;
    if (isFull && block.length > 0) {
      yield block;
      [block, characters] = [[], 0];
    }
    block.push(run);
    characters += run.run_id.length;
  }
  if (block.length > 0) yield block;
}
