import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that a test can fill. */
export type SmallDisk = {
  readonly directory: string;
  free(): number;
  /** Fills the disk until at most so many bytes are free. */
  fill(leave: number): void;
  /** Removes what `fill` wrote. */
  makeRoom(): void;
  remove(): void;
};

const PAGE = Buffer.alloc(4096);
/** Most of a disk is filled with few calls: a process that is busy for seconds loses its connections meanwhile. */
const LARGE = Buffer.alloc(1024 ** 2);

/** Mounts a disk in memory; undefined where this user may not mount. */
export function smallDisk(megabytes: number): SmallDisk | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory], {
      stdio: 'ignore',
    });
  } catch {
    rmdirSync(directory);
    return undefined;
  }
  const ballast = join(directory, 'ballast');
  const free = (): number => {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  };
  return {
    directory,
    free,
    fill(leave) {
      const file = openSync(ballast, 'a');
      try {
        for (let room = free() - leave; room > 0; room = free() - leave)
          writeSync(file, room > 2 * LARGE.length ? LARGE : PAGE);
      } catch {
        /* Another writer was faster, so the disk is full. */
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync('umount', ['-l', directory]);
      rmdirSync(directory);
    },
  };
}
