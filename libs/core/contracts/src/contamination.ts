import type { SchemaViolation } from './catalogue.ts';
import type { FactCatalogue } from './generated/catalogue.ts';

type Contamination = FactCatalogue['corpus.contamination.found'];

/** The first violation of what a search for a benchmark says: its counts must not contradict each other or its lists. */
export function checkContamination(data: Contamination): SchemaViolation | undefined {
  const { search, itemsCompared, itemsMatched, matchedItems = [] } = data;
  if (search.kind === 'ngram' && search.n === undefined)
    return broken('/data/search/n', 'required', 'must be the length of the n-grams that were looked for');
  if (itemsMatched > itemsCompared)
    return broken('/data/itemsMatched', 'range', `must not be above itemsCompared ${itemsCompared}`);
  if (matchedItems.length > itemsMatched)
    return broken('/data/matchedItems', 'length', `must not be more than itemsMatched ${itemsMatched}`);
  const known = new Set<string>();
  for (const [index, { itemId }] of matchedItems.entries()) {
    if (known.has(itemId))
      return broken(`/data/matchedItems/${index}/itemId`, 'distinct', 'must be listed once');
    known.add(itemId);
  }
  return checkDocuments(data);
}

function checkDocuments({
  documentsCompared = Infinity,
  documentsMatched,
  matchedDocuments = [],
}: Contamination): SchemaViolation | undefined {
  if (documentsMatched !== undefined && documentsMatched > documentsCompared)
    return broken(
      '/data/documentsMatched',
      'range',
      `must not be above documentsCompared ${documentsCompared}`,
    );
  return matchedDocuments.length > (documentsMatched ?? 0)
    ? broken('/data/matchedDocuments', 'length', 'must not be more than documentsMatched')
    : undefined;
}

const broken = (pointer: string, rule: string, message: string): SchemaViolation => ({
  pointer,
  rule,
  message,
});
