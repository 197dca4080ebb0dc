import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from '../imported-event.ts';
import type { Reading } from '../reading.ts';
import { chunksOf } from './chunks.ts';

type Measured = FactCatalogue['corpus.attribute.measured'];

const VALUES_A_FACT = 5000;

/** Adds values of an attribute in as many facts as they need. */
export function addMeasured(
  reading: Reading,
  origin: Origin,
  entity: string,
  { values, ...measured }: Omit<Measured, 'values'> & { readonly values: Measured['values'][number][] },
): void {
  let first = 0;
  for (const chunk of chunksOf(values, VALUES_A_FACT)) {
    reading.add(origin, `${entity}|${first}`, {
      type: 'corpus.attribute.measured',
      data: { ...measured, values: chunk },
    });
    first += chunk.length;
  }
}
