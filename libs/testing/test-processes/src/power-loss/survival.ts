import type { FileBytes } from './file-bytes.ts';
import type { Operation } from './operations.ts';

export type DataChange = Extract<Operation, { kind: 'write' | 'truncate' }>;

/** How likely each change that was not flushed survives a power cut. */
export type Survival = { readonly names: number; readonly pages: number };

export const EVERYTHING: Survival = { names: 1, pages: 1 };

/** Nothing, everything, or any part of each. */
export function survivalOf(random: () => number): Survival {
  const any = (): number => [0, 1, random()][Math.floor(random() * 3)] ?? 0;
  return { names: any(), pages: any() };
}

/** The unit of memory that the kernel writes back, in any order. */
const PAGE = 4096;
/** The unit that a disk writes as a whole. */
const SECTOR = 512;
/** How likely a page that is lost is written in part. */
const TORN = 0.1;

/** Applies what survives of a change: whole pages of a write, or the first sectors of one. */
export function surviving(
  file: FileBytes,
  change: DataChange,
  survival: Survival,
  random: () => number,
): void {
  if (change.kind === 'truncate') {
    if (random() < survival.pages) file.resize(change.size);
    return;
  }
  const { offset, bytes } = change;
  if (survival.pages === 1) return file.write(offset, bytes);
  for (let from = offset; from < offset + bytes.length;) {
    const pageEnd = Math.min((Math.floor(from / PAGE) + 1) * PAGE, offset + bytes.length);
    const to = random() < survival.pages ? pageEnd : tornEnd(from, pageEnd, survival, random);
    if (to > from) file.write(from, bytes.subarray(from - offset, to - offset));
    from = pageEnd;
  }
}

function tornEnd(from: number, pageEnd: number, { pages }: Survival, random: () => number): number {
  if (pages === 0 || random() >= TORN) return from;
  const sectors = Math.floor(random() * (PAGE / SECTOR));
  return Math.min((Math.floor(from / SECTOR) + sectors) * SECTOR, pageEnd);
}
