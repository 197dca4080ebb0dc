import { EXIT, Exit } from '../exit.ts';
import { RebuildDocument } from '../generated/documents.ts';
import type { RebuildMutation, RebuildMutationVariables } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { progressOn } from '../context.ts';
import { ask, REBUILD_RUNNING } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { rebuildText } from '../text/rebuild.ts';

type RebuildOptions = CommonOptions & { readonly verify?: true; readonly acceptMissing?: true };

/** Exits with 1 where a table differs, because then the live tables do not agree with the log. */
export function addRebuild(add: AddCommand, context: CliContext, setCode: (code: number) => void): void {
  add('rebuild', 'fill new tables from the log, compare them with the live ones and exchange them')
    .option('--verify', 'compare only and leave the live tables as they are')
    .option('--accept-missing', 'exchange the tables even where a missing blob makes the new ones poorer')
    .action(async (options: RebuildOptions) => {
      progressOn(context, options).note(
        'Filling shadow tables from the log; the live tables answer meanwhile.',
      );
      const variables = { verify: options.verify ?? false, acceptMissing: options.acceptMissing ?? false };
      const rebuild = await withServer(options, (url) => rebuilt(url, variables));
      context.print(`${options.json ? JSON.stringify(rebuild) : rebuildText(rebuild)}\n`);
      if (!rebuild.equal) setCode(EXIT.failed);
    });
}

/** Waits for a rebuild however long it takes: the server answers a request before connections are given up. */
export async function rebuilt(
  url: string,
  variables: RebuildMutationVariables,
): Promise<RebuildMutation['rebuild']> {
  for (;;)
    try {
      return (await ask(url, RebuildDocument, variables)).rebuild;
    } catch (error) {
      if (!(error instanceof Exit) || error.refusal !== REBUILD_RUNNING) throw error;
    }
}
