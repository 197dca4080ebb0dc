import { valueIn } from './collections.ts';
import { query } from './sql.ts';
import type { Query, SqlReader } from './sql.ts';

type AsOf = { readonly as_of: readonly number[] };

/* Read where it is needed: processes that have no tables load this module too, and may have no files beside it. */
const correctedSoFar = (): Query<AsOf, string> =>
  query(import.meta.url, 'corrected-so-far', {
    params: { parse: (value): AsOf => Object(value) },
    row: { parse: (row): string => String(Object(row).what) },
  });

/** The text of a query to read where this is corrected. */
type Choice = 'sql' | 'withoutCorrections' | 'afterWithdrawals';

/**
 * A reader that reads the text of a query for what is corrected as of its position, so that a log without corrections
 * does not pay for them, and one without withdrawn imports not for those. It asks once for each list of positions that
 * queries share.
 */
export function heedingCorrections(reader: SqlReader): SqlReader {
  const question = correctedSoFar();
  const known = new WeakMap<object, Promise<Choice>>();
  const choiceAt = (asOf: readonly number[]): Promise<Choice> => {
    const before = known.get(asOf);
    if (before) return before;
    const asked = reader.all(question, { as_of: asOf }).then(choiceOf);
    known.set(asOf, asked);
    asked.catch(() => known.delete(asOf));
    return asked;
  };
  return {
    async all(asked, params) {
      const asOf = valueIn(params, 'as_of');
      if (asked.withoutCorrections === undefined || !isPositions(asOf)) return reader.all(asked, params);
      const { [await choiceAt(asOf)]: sql = asked.sql } = asked;
      return reader.all({ ...asked, sql }, params);
    },
  };
}

function choiceOf(corrected: readonly string[]): Choice {
  if (corrected.includes('import')) return 'afterWithdrawals';
  return corrected.includes('event') ? 'sql' : 'withoutCorrections';
}

const isPositions = (value: unknown): value is readonly number[] => Array.isArray(value);
