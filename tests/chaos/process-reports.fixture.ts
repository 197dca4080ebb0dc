import type { ProcessUnderTest } from '../distributed/process-under-test.fixture.ts';

type Report = { readonly partition: number; readonly time: string };

/** Each partition with the projector that reported its assignment last. */
export function ownersAmong(projectors: readonly ProcessUnderTest[]): ReadonlyMap<number, ProcessUnderTest> {
  const reports = projectors.flatMap((projector) =>
    assignmentsOf(projector).map((report) => ({ ...report, projector })),
  );
  const inTime = reports.toSorted((a, b) => (a.time < b.time ? -1 : 1));
  return new Map(inTime.map(({ partition, projector }) => [partition, projector]));
}

const assignmentsOf = (projector: ProcessUnderTest): Report[] =>
  projector
    .output()
    .split('\n')
    .flatMap((line) => (line.includes('"projector.assigned"') ? [JSON.parse(line) as Report] : []));

export type Measured = { readonly url: string };

/** The sum of a metric over processes and labels; NaN where no process has it. */
export async function metricSum(processes: readonly Measured[], name: string): Promise<number> {
  const texts = await Promise.all(processes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const lines = texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), lines.length === 0 ? NaN : 0);
}
