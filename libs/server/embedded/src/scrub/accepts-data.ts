import { checkFact, isFactType, isReadable, majorIn, validateOpenLineage } from '@tributary/contracts';

/** Whether the schema of a fact accepts its data, so that every projection can read it. */
export function acceptsData(type: string, dataschema: string | undefined, data: unknown): boolean {
  if (!isFactType(type)) return false;
  const major = majorIn(type, dataschema);
  if (major === undefined || !isReadable(type, major)) return false;
  if (checkFact(type, data, major) !== undefined) return false;
  const observed = type === 'lineage.run.observed' && isObserved(data) ? data.event : undefined;
  return observed === undefined || validateOpenLineage(observed).ok;
}

const isObserved = (data: unknown): data is { readonly event: unknown } =>
  typeof data === 'object' && data !== null && 'event' in data;
