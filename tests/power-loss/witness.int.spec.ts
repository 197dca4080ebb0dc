import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbLog } from '@tributary/event-log';
import { randomFrom } from '@tributary/fixtures';
import { bundle, canRecord, record, recordingOf } from '@tributary/test-processes';
import type { DiskModel, Operation, Recording } from '@tributary/test-processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differenceFrom } from '../../libs/server/embedded/src/witness/difference.ts';
import { parseWitness } from '../../libs/server/embedded/src/witness/witness-file.ts';
import { lossesAtCuts } from './cuts.fixture.ts';

describe.skipIf(!canRecord())('a power cut (skipped where strace may not record a process)', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-power-loss-'));
  const root = join(directory, 'root');
  let recording: Recording;
  afterAll(() => rmSync(directory, { recursive: true }));
  beforeAll(async () => {
    mkdirSync(root);
    const module = new URL(
      '../../libs/server/embedded/src/witness/keep-until-killed.crash.ts',
      import.meta.url,
    );
    const args = [await bundle(module), join(root, 'data'), join(root, 'witness.json'), '40'];
    recording = recordingOf(
      await record([process.execPath, ...args], join(directory, 'trace'), {}).end(),
      root,
    );
  });

  const alarms = (model: DiskModel, cuts: number, ignoresSync?: (operation: Operation) => boolean) =>
    lossesAtCuts(
      { recording, random: randomFrom(20_261_201), cuts, model, ...(ignoresSync && { ignoresSync }) },
      alarmsIn,
    );

  it('law: leaves no witness that is cut short or ahead of its log, whenever it comes', async () => {
    expect(await alarms('ordered', 60)).toEqual([]);
    expect(await alarms('unordered', 60)).toEqual([]);
  });

  it('control: leaves one where the disk of the log does not flush what it says', async () => {
    const log = recording.names.find('data/log/data.mdb');
    const half = recording.lines / 2;
    const found = await alarms('ordered', 40, ({ node, begin }) => node === log && begin > half);
    expect(found.filter((text) => text.includes('older copy')).length).toBeGreaterThan(3);
  });
});

/** What a start on a directory and its witness is told, though neither is a copy. */
async function alarmsIn(image: string): Promise<readonly string[]> {
  const file = join(image, 'witness.json');
  if (!existsSync(file)) return [];
  const log = await openLmdbLog({ directory: join(image, 'data/log') });
  try {
    const fault = await differenceFrom(log, parseWitness(readFileSync(file, 'utf8')));
    return fault ? [fault.message] : [];
  } catch (error) {
    return [String(error)];
  } finally {
    await log.close();
  }
}
