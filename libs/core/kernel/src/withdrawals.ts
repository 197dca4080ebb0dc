import { valueIn } from './collections.ts';
import { query } from './sql.ts';
import type { Query, SqlReader } from './sql.ts';

type AsOf = { readonly as_of: readonly number[] };

/* Read where it is needed: processes that have no tables load this module too, and may have no files beside it. */
const anyWithdrawal = (): Query<AsOf, boolean> =>
  query(import.meta.url, 'any-withdrawal', {
    params: { parse: (value): AsOf => Object(value) },
    row: { parse: (row): boolean => Number(Object(row).is_any) === 1 },
  });

/**
 * A reader that reads the other text of a query (`afterWithdrawals`) where an import is withdrawn as of its position, so
 * that a log without withdrawals does not pay for them. It asks once for each list of positions that queries share.
 */
export function heedingWithdrawals(reader: SqlReader): SqlReader {
  const question = anyWithdrawal();
  const known = new WeakMap<object, Promise<boolean>>();
  const isAnyAt = (asOf: readonly number[]): Promise<boolean> => {
    const before = known.get(asOf);
    if (before) return before;
    const asked = reader.all(question, { as_of: asOf }).then(([isAny]) => isAny === true);
    known.set(asOf, asked);
    asked.catch(() => known.delete(asOf));
    return asked;
  };
  return {
    async all(asked, params) {
      const { afterWithdrawals: sql } = asked;
      const asOf = valueIn(params, 'as_of');
      if (sql === undefined || !isPositions(asOf) || !(await isAnyAt(asOf))) return reader.all(asked, params);
      return reader.all({ ...asked, sql }, params);
    },
  };
}

const isPositions = (value: unknown): value is readonly number[] => Array.isArray(value);
