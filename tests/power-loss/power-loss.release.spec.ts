import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '@tributary/event-log';
import { randomFrom, recordFigures } from '@tributary/fixtures';
import { canRecord } from '@tributary/test-processes';
import type { DiskModel, Recording } from '@tributary/test-processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acknowledgements } from './acknowledgements.fixture.ts';
import type { Acknowledgement } from './acknowledgements.fixture.ts';
import { lossesAtCuts, unrecorded } from './cuts.fixture.ts';
import { eventsIn, KEPT, lossesIn } from './log-image.fixture.ts';
import { recordServer } from './recorded-server.fixture.ts';
import { answersOf, builtServer, embeddedServer, findingOf, RUNS } from './server-image.fixture.ts';
import type { AskedServer, Expected } from './server-image.fixture.ts';

/** Batches of facts that the server records. */
const ROUNDS = 60;
/**
 * Cuts before the first acknowledgement after which the log is opened; after which the log, the blobs and the dead letters
 * are, in each model; and after which the server starts and is asked. After one of so many it is asked until its tables are
 * full again; and one of so many is the built server in its own process, whose tables are compared with rebuilt ones, too.
 */
const CUTS = { making: 3000, log: 600, server: 200 };
/** The starts are a law each, because one of all of them would take longer than a test may. Each has a seed of its own. */
const SEEDS = [20_261_130, 20_261_132];
const FILLED_OF = 5;
const BUILT_OF = 25;
const MODELS = ['ordered', 'unordered'] as const satisfies DiskModel[];

describe.skipIf(!canRecord())('a server in a power cut (skipped where strace may not record it)', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-power-loss-'));
  let recording: Recording;
  let missed: string[];
  let acknowledged: Acknowledgement[];
  let written: readonly RecordedEvent[];
  let reference: AskedServer;
  let expected: Expected;
  beforeAll(async () => {
    const data = join(directory, 'data');
    recording = await recordServer(directory, ROUNDS);
    missed = unrecorded(recording, data);
    acknowledged = acknowledgements(recording);
    written = await eventsIn(data);
    reference = await builtServer(data);
    expected = answersOf(reference);
  });
  afterAll(async () => {
    await reference?.end();
    rmSync(directory, { recursive: true });
  });

  const lost = (image: string, line: number): Promise<string[]> => {
    const before = acknowledged.filter((one) => one.line < line);
    return lossesIn(image, before, written);
  };

  it('is recorded with every change of a file that it made', () => {
    expect(missed).toEqual([]);
  });

  it.each(MODELS)('law: keeps every event, blob and dead letter that it acknowledged (%s)', async (model) => {
    const options = { recording, random: randomFrom(20_261_129), cuts: CUTS.log, model, only: KEPT };
    expect(await lossesAtCuts(options, lost)).toEqual([]);
    recordFigures(`power cuts, ${model}`, {
      cuts: CUTS.log,
      'changes of files recorded': recording.operations.length,
      'events acknowledged': written.length,
      'dead letters acknowledged': acknowledged.flatMap(({ deadLetters }) => deadLetters).length,
    });
  });

  it('law: leaves a log that opens, where it comes before anything was acknowledged (unordered)', async () => {
    const options = { recording, random: randomFrom(20_261_131), cuts: CUTS.making, model: MODELS[1] };
    const lines = acknowledged[0]?.line ?? 0;
    expect(lines).toBeGreaterThan(10);
    expect(await lossesAtCuts({ ...options, lines, only: KEPT }, lost)).toEqual([]);
    recordFigures('power cuts before the first acknowledgement', { cuts: CUTS.making });
  });

  it.each(SEEDS)(
    'law: starts again, and no answer is incomplete in silence (ordered, seed %i)',
    async (seed) => {
      let short = 0;
      let starts = 0;
      const options = { recording, random: randomFrom(seed), cuts: CUTS.server, model: MODELS[0] };
      const losses = await lossesAtCuts(options, async (image, line) => {
        const before = await lost(image, line);
        starts += 1;
        const isBuilt = starts % BUILT_OF === 0;
        const start = isBuilt ? builtServer : embeddedServer;
        const run = RUNS[starts % RUNS.length] ?? 'r0';
        const fills = starts % FILLED_OF === 0;
        const finding = await findingOf(image, expected, { start, run, fills, rebuilds: isBuilt });
        if (finding.wasShort) short += 1;
        return [...before, ...finding.losses];
      });
      recordFigures(`starts after power cuts, seed ${seed}`, {
        starts,
        'of them asked until their tables were full again': Math.floor(starts / FILLED_OF),
        'of them in a process of its own, whose tables were compared with rebuilt ones': Math.floor(
          starts / BUILT_OF,
        ),
        'of them with tables that said they were short': short,
      });
      expect(starts).toBe(CUTS.server);
      expect(losses).toEqual([]);
    },
  );
});
