import type { Fact, Stamp } from '@tributary/contracts';

type Beginning = Fact<'training.run.started'> | Fact<'training.run.planned'>;

const IMPORTER = 'urn:tributary:importer:';

/**
 * Whether a file says it. A correction is a version of the record that it corrects, so one of what an importer read is still
 * what a file said: its source, or that of its target, names the importer.
 */
const isRead = ({
  importedsha256,
  corrects,
  source,
  correctssource = source,
}: Pick<Beginning, 'importedsha256' | 'corrects' | 'source' | 'correctssource'>): boolean =>
  importedsha256 !== undefined || (corrects !== undefined && correctssource.startsWith(IMPORTER));

/**
 * What a start or a plan says of the status of its attempt until an end is recorded. A client reports what goes on. A file
 * was written at some time before it was imported, and does not say that the attempt still goes on.
 */
export function begunOf(fact: Beginning): 'running' | 'unknown' | 'planned' {
  if (fact.type === 'training.run.planned') return 'planned';
  return isRead(fact) ? 'unknown' : 'running';
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
export function endOf(fact: Fact<'training.run.ended'>, { recorded_at }: Stamp): number | undefined {
  if (fact.time !== undefined) return Date.parse(fact.time) * 1000;
  return isRead(fact) ? undefined : recorded_at;
}
