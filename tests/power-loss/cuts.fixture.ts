import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, SimulatedDisk, writeImage } from '@tributary/test-processes';
import type { DiskModel, Operation, Recording } from '@tributary/test-processes';

export type Cuts = {
  readonly recording: Recording;
  readonly random: () => number;
  readonly cuts: number;
  /** The lines of the trace among which the cuts are; all of them where absent. */
  readonly lines?: number;
  readonly model: DiskModel;
  /** Names under the root that are written; all of them where absent. */
  readonly only?: readonly string[];
  /** For a control: flushes that the disk confirms and does not do. Nothing else survives that was not flushed. */
  readonly ignoresSync?: (operation: Operation) => boolean;
};

/**
 * Cuts the power at random lines of the trace, and gives each directory that the disk may be left with to `check`, which
 * returns what is lost in words. Returns all of that.
 */
export async function lossesAtCuts(
  { recording, random, cuts, lines = recording.lines, model, only, ignoresSync }: Cuts,
  check: (directory: string, line: number) => Promise<readonly string[]>,
): Promise<string[]> {
  const disk = new SimulatedDisk(recording, model, ignoresSync);
  const directory = mkdtempSync(join(IMAGES, 'tributary-power-loss-'));
  const image = join(directory, 'data');
  const losses: string[] = [];
  try {
    for (const line of cutLines(lines, cuts, random)) {
      disk.advance(line);
      writeImage(ignoresSync ? disk.flushed() : disk.image(random), image, only);
      const lost = await check(image, line);
      if (lost.length > 0) losses.push(`${model}, line ${line}: ${lost.slice(0, 3).join('; ')}`);
      rmSync(image, { recursive: true });
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  return losses;
}

/**
 * Paths at which a directory is not what the trace makes. Files that are mapped into memory are not recorded: LMDB makes its
 * lock file anew at each start.
 */
export function unrecorded(recording: Recording, directory: string): string[] {
  const disk = new SimulatedDisk(recording, 'ordered');
  disk.advance(Infinity);
  return differences(disk.everything(), directory).filter((text) => !text.includes('/lock.mdb '));
}

/** In memory where there is such a disk: what runs on an image flushes it. */
const IMAGES = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const cutLines = (lines: number, count: number, random: () => number): number[] =>
  Array.from({ length: count }, () => 1 + Math.floor(random() * lines)).toSorted((one, other) => one - other);
