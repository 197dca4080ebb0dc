import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom, recordFigures } from '@tributary/fixtures';
import { canRecord } from '@tributary/test-processes';
import type { DiskModel } from '@tributary/test-processes';
import { expect, it } from 'vitest';
import { acknowledgements } from './acknowledgements.fixture.ts';
import { lossesAtCuts } from './cuts.fixture.ts';
import { eventsIn, lossesIn } from './log-image.fixture.ts';
import { recordServer } from './recorded-server.fixture.ts';
import { answersOf, builtServer, embeddedServer, findingOf, RUNS } from './server-image.fixture.ts';

/** Batches of facts that the server records: another history than that of the other power cuts. */
const ROUNDS = 45;
const CUTS = 200;
/** After one of so many cuts the server is asked until its tables are full again. */
const FILLED_OF = 5;

const LAWS: readonly (readonly [number, DiskModel])[] = [
  [20_261_202, 'ordered'],
  [20_261_203, 'unordered'],
  [20_261_204, 'unordered'],
];

it.skipIf(!canRecord()).each(LAWS)(
  'law: after a power cut the server starts, and no answer is incomplete in silence (seed %i, %s)',
  async (seed, model) => {
    const directory = mkdtempSync(join(tmpdir(), 'tributary-more-starts-'));
    const recording = await recordServer(directory, ROUNDS);
    const written = await eventsIn(join(directory, 'data'));
    const acknowledged = acknowledgements(recording);
    const reference = await builtServer(join(directory, 'data'));
    const expected = answersOf(reference);
    let [starts, short] = [0, 0];
    const losses = await lossesAtCuts(
      { recording, random: randomFrom(seed), cuts: CUTS, model },
      async (image, line) => {
        starts += 1;
        const before = acknowledged.filter((one) => one.line < line);
        const run = RUNS[starts % RUNS.length] ?? 'r0';
        const asking = { start: embeddedServer, run, fills: starts % FILLED_OF === 0, rebuilds: false };
        const finding = await findingOf(image, expected, asking);
        if (finding.wasShort) short += 1;
        return [...(await lossesIn(image, before, written)), ...finding.losses];
      },
    );
    await reference.end();
    rmSync(directory, { recursive: true });
    recordFigures(`starts after power cuts, ${model}, seed ${seed}`, {
      starts,
      'of them with tables that said they were short': short,
    });
    expect([starts, losses]).toEqual([CUTS, []]);
  },
);
