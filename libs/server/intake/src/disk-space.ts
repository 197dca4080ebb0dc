import type { DiskWatermarks } from '@tributary/capture';
import { freeBytes } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

/** `low`: new facts are refused, so that what was accepted can still be filed. */
export type DiskState = 'ok' | 'warn' | 'low';

export function diskState(free: number, { warn, refuse }: DiskWatermarks): DiskState {
  if (free < refuse) return 'low';
  return free < warn ? 'warn' : 'ok';
}

/** `of` names what is on the disk, such as `data`, and no path: everybody who can reach a server reads it. */
export type DiskReading = { readonly of: string; readonly free: number; readonly state: DiskState };

/** The disks of a process. Each call reads them, so room that is made is seen at once. */
export type DiskSpace = {
  /** The fullest disk. */
  readonly read: () => DiskReading;
  /** Throws Fault `disk_low` (retryable) where new facts are refused. */
  readonly admit: () => void;
  /** Readiness condition `disk_low` where new facts are refused. */
  conditions(): { readonly code: string; readonly detail: string }[];
};

/** Watches the disks of directories, which have names; `free` returns the free bytes of one. */
export function diskSpace(
  directories: Readonly<Record<string, string>>,
  watermarks: DiskWatermarks,
  free: (directory: string) => number = freeBytes,
): DiskSpace {
  const read = (): DiskReading => {
    const readings = Object.entries(directories).map(([of, directory]) => ({ of, free: free(directory) }));
    const least = readings.reduce((one, other) => (other.free < one.free ? other : one));
    return { ...least, state: diskState(least.free, watermarks) };
  };
  const lowText = (): string | undefined => {
    const { state, of, free: left } = read();
    if (state !== 'low') return undefined;
    return `the disk of the ${of} has ${left} bytes free, fewer than ${watermarks.refuse}: new facts are refused until there is room, and what is recorded can be read; make room on the disk (no restart is needed)`;
  };
  return {
    read,
    admit() {
      const text = lowText();
      if (text !== undefined) throw new Fault('disk_low', `nothing was stored: ${text}`, { retryable: true });
    },
    conditions() {
      const text = lowText();
      return text === undefined ? [] : [{ code: 'disk_low', detail: text }];
    },
  };
}
