import { Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { kindFrom } from '../entity-kinds.ts';
import { SearchDocument } from '../generated/documents.ts';
import type { SearchQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { hitsText } from '../text/entities.ts';
import { limitFrom } from './list.ts';

export type Hits = SearchQuery['search'];

type SearchOptions = CommonOptions & {
  readonly kinds?: readonly string[];
  readonly limit: number;
  readonly at?: string;
};

/** Hits of one answer. */
const MOST = 1_000;

export function addSearch(add: AddCommand, context: CliContext): void {
  add('search', 'find runs, shards, mixtures and all other kinds by ids, names, addresses and configurations')
    .argument('<text>', 'part of a text, whatever its case; nothing in it has a meaning of its own')
    .addOption(new Option('--kinds <kind...>', 'only these kinds'))
    .addOption(
      new Option('--limit <n>', 'hits that are listed, at most 1000').argParser(limitFrom).default(20),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (text: string, options: SearchOptions) => {
      const kinds = options.kinds?.map(kindFrom);
      const variables = { text, kinds, first: Math.min(options.limit, MOST), asOf: options.at };
      const { search } = await withServer(options, (url) => ask(url, SearchDocument, variables));
      context.print(`${options.json ? JSON.stringify(searchAnswer(search)) : hitsText(text, search)}\n`);
    });
}

/** schemas/answers/search.json */
export const searchAnswer = ({ nodes, totalCount, ...answer }: Hits) => ({
  hits: nodes,
  returned: nodes.length,
  total: totalCount,
  ...answer,
});
