import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from './imported-event.ts';
import type { FactCollector } from './fact-collector.ts';
import { limitedChunks } from './chunks.ts';

type MeasuredAttribute = FactCatalogue['corpus.attribute.measured'];

const VALUES_A_FACT = 5000;

/**
 * Adds the values of an attribute in as many facts as they need. Values that are not finite are left out with a
 * warning.
 */
export function addAttributeValues(
  collector: FactCollector,
  origin: Origin,
  entity: string,
  {
    values,
    ...measured
  }: Omit<MeasuredAttribute, 'values'> & { readonly values: MeasuredAttribute['values'][number][] },
): void {
  const finite = values.filter(({ value }) => Number.isFinite(value));
  const left = values.length - finite.length;
  if (left > 0) collector.findings.warn('values_not_finite', measured.attribute, left);
  let first = 0;
  for (const chunk of limitedChunks(finite, { items: VALUES_A_FACT })) {
    collector.add(origin, `${entity}|${first}`, {
      type: 'corpus.attribute.measured',
      data: { ...measured, values: chunk },
    });
    first += chunk.length;
  }
}
