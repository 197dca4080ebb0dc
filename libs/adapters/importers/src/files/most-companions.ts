import { groupBy } from '@tributary/kernel';
import type { SourceFile } from './folder.ts';

type Copies = {
  /** Equal for files that are about the same thing. */
  readonly about: (file: SourceFile) => Promise<string>;
  /** How many of the files that belong to it lie beside it. */
  readonly companions: (file: SourceFile) => number;
};

/**
 * The files without those of which a copy has more companions: what such a file knows alone is less than what is known of the same
 * thing, so it must not replace it.
 */
export async function withMostCompanions(
  files: readonly SourceFile[],
  { about, companions }: Copies,
): Promise<SourceFile[]> {
  const counted: { file: SourceFile; thing: string; count: number }[] = [];
  for (const file of files) counted.push({ file, thing: await about(file), count: companions(file) });
  const most = new Map(
    [...groupBy(counted, ({ thing }) => thing)].map(
      ([thing, copies]) => [thing, copies.reduce((max, { count }) => Math.max(max, count), 0)] as const,
    ),
  );
  return counted.filter(({ thing, count }) => count === most.get(thing)).map(({ file }) => file);
}
