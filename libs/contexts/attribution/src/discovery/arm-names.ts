import type { Run } from '../experiment.ts';

/** The mixture that the runs of an arm and of no other one name, else the id of its first one. */
export function armNames(parts: readonly (readonly Pick<Run, 'runId' | 'mixtureId'>[])[]): string[] {
  const mixtures = parts.map((part) => new Set(part.map(({ mixtureId }) => mixtureId)));
  const counts = new Map<string, number>();
  for (const id of mixtures.flatMap((ids) => [...ids])) counts.set(id, (counts.get(id) ?? 0) + 1);
  const ids = parts.map((part) => part[0]!.runId);
  const names = mixtures.map((named, index) => {
    const [only = ''] = named;
    return named.size === 1 && only !== '' && counts.get(only) === 1 ? only : ids[index]!;
  });
  return new Set(names).size === names.length ? names : ids;
}
