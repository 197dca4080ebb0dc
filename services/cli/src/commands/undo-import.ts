import { userInfo } from 'node:os';
import { EXIT, Exit } from '../exit.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { ImportContentsDocument, WithdrawImportDocument } from '../generated/documents.ts';
import { actorFor } from '../server/credential.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { contentsText, withdrawnText } from '../text/imports.ts';

type UndoOptions = CommonOptions & {
  readonly reason?: string;
  readonly actor?: string;
  readonly dryRun?: true;
};

const REASON = 'withdrawn with tributary import --undo';

/** Withdraws an import, or shows what would be withdrawn. */
export async function undoImport(
  id: string,
  paths: readonly string[],
  { reason = REASON, actor, dryRun, ...options }: UndoOptions,
  context: CliContext,
): Promise<void> {
  if (paths.length > 0)
    throw new Exit(EXIT.usage, `--undo withdraws an import; leave out ${paths.join(' ')}`);
  const answer = await withServer(options, async (url) => {
    const asked = await ask(url, ImportContentsDocument, { import: id });
    const contents = present(asked.importContents, url);
    if (dryRun) return { ...contents, dryRun: true as const, position: null };
    const by = actorFor(url, actor, () => userInfo().username);
    const outcome = (await ask(url, WithdrawImportDocument, { id, reason, actor: by })).withdrawImport;
    if ('refusal' in outcome) throw new Exit(EXIT.failed, outcome.text, outcome.refusal);
    return { ...contents, dryRun: false as const, position: outcome.position };
  });
  const text = answer.dryRun ? contentsText(answer) : withdrawnText(answer, answer.position);
  context.print(`${options.json ? JSON.stringify(answer) : text}\n`);
}
