import type { Fact, Stamp } from '@tributary/contracts';

type Beginning = Fact<'training.run.started'> | Fact<'training.run.planned'>;

/**
 * What a start or a plan says of the status of its attempt until an end is recorded. A client reports what goes on. A file
 * was written at some time before it was imported, and does not say that the attempt still goes on.
 */
export function begunOf({ type, importedsha256 }: Beginning): 'running' | 'unknown' | 'planned' {
  if (type === 'training.run.planned') return 'planned';
  return importedsha256 === undefined ? 'running' : 'unknown';
}

/**
 * When an attempt started, in microseconds since 1970: as the fact says, otherwise when a client reported it. Undefined for
 * a plan, and for a file that does not say it.
 */
export function startOf(fact: Beginning, { recorded_at }: Stamp): number | undefined {
  const begun = begunOf(fact);
  if (begun === 'planned') return undefined;
  if (fact.time !== undefined) return Date.parse(fact.time) * 1000;
  return begun === 'running' ? recorded_at : undefined;
}

/** When an attempt ended: as the fact says, otherwise when a client reported it. Undefined for a file that does not say it. */
export function endOf(
  { time, importedsha256 }: Fact<'training.run.ended'>,
  { recorded_at }: Stamp,
): number | undefined {
  if (time !== undefined) return Date.parse(time) * 1000;
  return importedsha256 === undefined ? recorded_at : undefined;
}
