import { EXIT, Exit } from '../exit.ts';
import { ask } from './graphql.ts';

export const RUNS = /* GraphQL */ `
  query RunsFrom($id: ID!, $asOf: Position) {
    run(id: $id, asOf: $asOf) {
      id
    }
    runs(after: $id, first: 10, asOf: $asOf) {
      runs {
        id
      }
    }
  }
`;
type Answer = { run: { id: string } | null; runs: { runs: { id: string }[] } };

/** The run with this id, or the only one whose id starts so. */
export async function runBy(url: string, prefix: string, asOf?: string): Promise<string> {
  const { run, runs } = await ask<Answer>(url, RUNS, { id: prefix, asOf });
  if (run) return run.id;
  const matches = runs.runs.map(({ id }) => id).filter((id) => id.startsWith(prefix));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  const problem =
    match === undefined
      ? `there is no run ${prefix}`
      : `several runs start with ${prefix}: ${matches.join(', ')}`;
  throw new Exit(EXIT.failed, `${problem}. Give its id or a prefix that only it has.`, 'unknown_run');
}
