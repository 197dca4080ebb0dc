import { EXIT, Exit } from '../exit.ts';
import { RunsFromDocument } from '../generated/documents.ts';
import { ask } from './graphql.ts';

/** The run with this id, or the only one whose id starts with it. */
export async function runByPrefix(url: string, prefix: string, asOf?: string): Promise<string> {
  const { run, runs } = await ask(url, RunsFromDocument, { id: prefix, after: prefix, asOf });
  if (run) return run.id;
  const matches = runs.nodes.map(({ id }) => id).filter((id) => id.startsWith(prefix));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  const problem =
    match === undefined
      ? `there is no run ${prefix}`
      : `several runs start with ${prefix}: ${matches.join(', ')}`;
  throw new Exit(EXIT.failed, `${problem}. Give its id or an unambiguous prefix of it.`, 'unknown_run');
}
