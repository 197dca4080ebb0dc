import type { Fact, FactCatalogue, FactType } from '@tributary/contracts';

/** A fact of a type with this data, from a test. */
export function aFact<Type extends FactType>(
  type: Type,
  data: FactCatalogue[Type],
  id = 'fact-1',
): Fact<Type> {
  const fact: { id: string; source: string; type: Type; data: FactCatalogue[Type] } = {
    id,
    source: 'urn:test',
    type,
    data,
  };
  return fact as Fact<Type>;
}
