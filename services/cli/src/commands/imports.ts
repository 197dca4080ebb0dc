import { Option } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { ImportsDocument } from '../generated/documents.ts';
import type { ImportsQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { importsText } from '../text/imports.ts';

export type ImportPage = ImportsQuery['imports'];

const PAGE = 1_000;

export function addImports(add: AddCommand, context: CliContext): void {
  add('imports', 'list imports: what was read, what it added, and which were withdrawn')
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async ({ at, ...options }: CommonOptions & { readonly at?: string }) => {
      const list = await withServer(options, (url) => allImports(url, at));
      context.print(`${options.json ? JSON.stringify(importsAnswer(list)) : importsText(list)}\n`);
    });
}

/** All imports, as of the position of the first page. */
async function allImports(url: string, at: string | undefined): Promise<ImportPage> {
  const first = (await ask(url, ImportsDocument, { first: PAGE, asOf: at })).imports;
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const variables = { first: PAGE, after: pageInfo.endCursor, asOf: first.asOf.position };
    const next = (await ask(url, ImportsDocument, variables)).imports;
    for (const node of next.nodes) nodes.push(node);
    ({ pageInfo } = next);
  }
  return { ...first, nodes, pageInfo };
}

/** schemas/answers/imports.json */
const importsAnswer = ({ nodes, totalCount, asOf, complete, reason, lag }: ImportPage) => ({
  imports: nodes,
  total: totalCount,
  asOf,
  complete,
  reason,
  lag,
});
