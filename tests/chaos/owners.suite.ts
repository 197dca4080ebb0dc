import type { ProcessUnderTest } from '../distributed/process-under-test.suite.ts';

type Told = { readonly partition: number; readonly time: string };

/** Partitions with the projector that was the last to tell that it has claimed them. */
export function ownersAmong(projectors: readonly ProcessUnderTest[]): ReadonlyMap<number, ProcessUnderTest> {
  const told = projectors.flatMap((projector) =>
    claimsToldBy(projector).map((claim) => ({ ...claim, projector })),
  );
  const inTime = told.toSorted((a, b) => (a.time < b.time ? -1 : 1));
  return new Map(inTime.map(({ partition, projector }) => [partition, projector]));
}

const claimsToldBy = (projector: ProcessUnderTest): Told[] =>
  projector
    .output()
    .split('\n')
    .flatMap((line) => (line.includes('"projector.assigned"') ? [JSON.parse(line) as Told] : []));
