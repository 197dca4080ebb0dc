import { EXIT } from '../exit.ts';
import { RebuildDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { progressOn } from '../context.ts';
import { ask } from '../server/graphql.ts';
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
      const { rebuild } = await withServer(options, (url) => ask(url, RebuildDocument, variables));
      context.print(`${options.json ? JSON.stringify(rebuild) : rebuildText(rebuild)}\n`);
      if (!rebuild.equal) setCode(EXIT.failed);
    });
}
