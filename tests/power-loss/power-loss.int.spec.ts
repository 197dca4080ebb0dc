import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '@tributary/event-log';
import { randomFrom } from '@tributary/fixtures';
import { bundle, canRecord, record, recordingOf } from '@tributary/test-processes';
import type { DiskModel, Operation, Recording } from '@tributary/test-processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acknowledgements } from './acknowledgements.fixture.ts';
import { lossesAtCuts, unrecorded } from './cuts.fixture.ts';
import { eventsIn, lossesIn } from './log-image.fixture.ts';

describe.skipIf(!canRecord())('a power cut (skipped where strace may not record a process)', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-power-loss-'));
  const data = join(directory, 'data');
  let recording: Recording;
  let written: readonly RecordedEvent[];
  afterAll(() => rmSync(directory, { recursive: true }));
  beforeAll(async () => {
    mkdirSync(data);
    const program = await bundle(new URL('appending.crash.ts', import.meta.url));
    const recorded = record([process.execPath, program, data, '12'], join(directory, 'trace'), {});
    recording = recordingOf(await recorded.end(), data);
    written = await eventsIn(data);
  });

  type Choice = {
    readonly lines?: number | undefined;
    readonly ignoresSync?: (operation: Operation) => boolean;
  };

  const losses = (model: DiskModel, cuts: number, { lines = recording.lines, ...control }: Choice = {}) => {
    const acknowledged = acknowledgements(recording);
    const options = { recording, random: randomFrom(20_261_129), cuts, lines, model, ...control };
    return lossesAtCuts(options, (image, line) =>
      lossesIn(
        image,
        acknowledged.filter((one) => one.line < line),
        written,
      ),
    );
  };

  it('is simulated on every change of a file that the process made', () => {
    expect(unrecorded(recording, data)).toEqual([]);
  });

  it('law: takes nothing from a log and its blobs that was acknowledged, whenever it comes', async () => {
    expect(await losses('ordered', 40)).toEqual([]);
    expect(await losses('unordered', 40)).toEqual([]);
  });

  it('law: leaves a log that opens, where it comes before anything was acknowledged', async () => {
    const lines = acknowledgements(recording)[0]?.line;
    expect(lines).toBeGreaterThan(10);
    expect(await losses('unordered', 300, { lines })).toEqual([]);
  });

  it('control: takes events or blobs where the disk does not flush what it says', async () => {
    const log = recording.names.find('log/data.mdb');
    const half = recording.lines / 2;
    const blobs = await losses('ordered', 20, { ignoresSync: ({ node }) => node !== log });
    expect(blobs.filter((text) => text.includes('blob')).length).toBeGreaterThan(5);
    const events = await losses('ordered', 20, { ignoresSync: ({ begin }) => begin > half });
    expect(events.filter((text) => text.includes('event')).length).toBeGreaterThan(5);
  });
});
