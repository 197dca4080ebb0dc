import { EXIT } from '../exit.ts';
import { RebuildDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { progressOn } from '../progress.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../shell.ts';
import { rebuildText } from '../text/rebuild.ts';

/** Ends with 1 where a table differs: then a projection is not what the log says. */
export function addRebuild(add: AddCommand, shell: CliContext, setCode: (code: number) => void): void {
  add('rebuild', 'fill new tables from the log, compare them with the live ones and exchange them')
    .option('--verify', 'compare only; the live tables stay, whatever comes out')
    .action(async (options: CommonOptions & { readonly verify?: true }) => {
      progressOn(shell, options).note(
        'Filling every table again from the log, beside the live ones; answers go on.',
      );
      const asked = { verify: options.verify ?? false };
      const { rebuild } = await withServer(options, (url) => ask(url, RebuildDocument, asked));
      shell.print(`${options.json ? JSON.stringify(rebuild) : rebuildText(rebuild)}\n`);
      if (!rebuild.equal) setCode(EXIT.failed);
    });
}
