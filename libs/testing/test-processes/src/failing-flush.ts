import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A disk whose flushes fail: what a process believes written may be lost. */
export type FailingFlush = {
  /** Why there is none on this machine; undefined where there is one. */
  readonly missing: string | undefined;
  /** The environment of a process that it reaches. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on each flush of an LMDB file fails with EIO. */
  begin(): void;
  end(): void;
};

/** Replaces two functions of libc. Only files of LMDB are concerned, so that the reason of a failure is known. */
const SOURCE = `
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fails(int file) {
  const char *sign = getenv("FLUSH_FAILS_IF");
  char link[64], path[4096];
  if (!sign || access(sign, F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "data.mdb") != NULL;
}

static int flush(long call, int file) {
  if (!fails(file)) return syscall(call, file);
  errno = EIO;
  return -1;
}

int fsync(int file) { return flush(SYS_fsync, file); }
int fdatasync(int file) { return flush(SYS_fdatasync, file); }
`;

/** A disk whose flushes can be made to fail. Its files are in the directory. */
export function failingFlush(directory: string): FailingFlush {
  const source = join(directory, 'failing-flush.c');
  const library = join(directory, 'failing-flush.so');
  const sign = join(directory, 'flush-fails');
  const isBuilt = compile(source, library);
  return {
    missing: isBuilt ? undefined : 'no C compiler for a library that makes flushes fail',
    env: isBuilt ? { LD_PRELOAD: library, FLUSH_FAILS_IF: sign } : {},
    begin: () => writeFileSync(sign, ''),
    end: () => rmSync(sign, { force: true }),
  };
}

function compile(source: string, library: string): boolean {
  writeFileSync(source, SOURCE);
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, source], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
