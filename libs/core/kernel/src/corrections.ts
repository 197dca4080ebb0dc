import { valueIn } from './collections.ts';
import { query, withDefinitions } from './sql.ts';
import type { Query, SqlReader } from './sql.ts';

type AsOf = { readonly as_of: readonly number[] };

/* Read where it is needed: processes that have no tables load this module too, and may have no files beside it. */
const correctedSoFar = (): Query<AsOf, string> =>
  query(import.meta.url, 'corrected-so-far', {
    params: { parse: (value): AsOf => Object(value) },
    row: { parse: (row): string => String(Object(row).what) },
  });

/** The definition of corrected events, as it stands in the texts of queries. */
const definitionOfCorrected = (): string =>
  withDefinitions('/*corrected-events.sql*/', { moduleUrl: import.meta.url, instead: {} });

/** Corrected events that a text names. Where there are more, each text finds them by the definition. */
const MOST_NAMED = 1_000;

/** One more of them than a text names, if there are so many. */
const correctedEvents = (definition: string): Query<AsOf, string> => ({
  name: 'corrected-events',
  sql: `${definition}\nLIMIT ${MOST_NAMED + 1}`,
  params: { parse: (value): AsOf => Object(value) },
  row: { parse: (row): string => BigInt(Object(row).corrected_position).toString() },
});

const namesOf = (positions: readonly string[]): string =>
  `SELECT arrayJoin(CAST('[${positions.join(',')}]' AS Array(UInt64))) AS corrected_position`;

/** The text of a query to read where this is corrected. */
type Choice = 'sql' | 'withoutCorrections' | 'afterWithdrawals';

/** That text, and the definition in it with what takes its place. */
type Corrected = { readonly choice: Choice; readonly names?: string };

/**
 * A reader that reads the text of a query for what is corrected as of its position, so that a log without corrections
 * does not pay for them, and one without withdrawn imports not for those. Where few events are corrected their positions
 * take the place of the definition that finds them, because each text has it several times, and planning it costs more
 * than most queries. It asks once for each list of positions that queries share.
 */
export function heedingCorrections(reader: SqlReader): SqlReader {
  const question = correctedSoFar();
  const definition = definitionOfCorrected();
  const known = new WeakMap<object, Promise<Corrected>>();
  const askAt = async (asOf: readonly number[]): Promise<Corrected> => {
    const choice = choiceOf(await reader.all(question, { as_of: asOf }));
    if (choice !== 'sql') return { choice };
    const positions = await reader.all(correctedEvents(definition), { as_of: asOf });
    return positions.length > MOST_NAMED ? { choice } : { choice, names: namesOf(positions) };
  };
  const correctedAt = (asOf: readonly number[]): Promise<Corrected> => {
    const before = known.get(asOf);
    if (before) return before;
    const asked = askAt(asOf);
    known.set(asOf, asked);
    asked.catch(() => known.delete(asOf));
    return asked;
  };
  return {
    async all(asked, params) {
      const asOf = valueIn(params, 'as_of');
      if (asked.withoutCorrections === undefined || !isPositions(asOf)) return reader.all(asked, params);
      const { choice, names } = await correctedAt(asOf);
      const { [choice]: sql = asked.sql } = asked;
      const text = names === undefined ? sql : sql.replaceAll(definition, () => names);
      return reader.all({ ...asked, sql: text }, params);
    },
  };
}

function choiceOf(corrected: readonly string[]): Choice {
  if (corrected.includes('import')) return 'afterWithdrawals';
  return corrected.includes('event') ? 'sql' : 'withoutCorrections';
}

const isPositions = (value: unknown): value is readonly number[] => Array.isArray(value);
