import { Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { ExperimentListDocument } from '../generated/documents.ts';
import type { ExperimentListQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { experimentsText } from '../text/experiments.ts';

export type ExperimentPage = ExperimentListQuery['experiments'];

type ExperimentsOptions = CommonOptions & { readonly at?: string };

export function addExperiments(add: AddCommand, context: CliContext): void {
  add('experiments', 'experiments that can be asked: assigned ones, and those found by comparing runs')
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (options: ExperimentsOptions) => {
      const list = await withServer(options, (url) => allExperiments(url, options.at));
      context.print(`${options.json ? JSON.stringify(experimentsAnswer(list)) : experimentsText(list)}\n`);
    });
}

/** Every page, as of the position of the first one. */
async function allExperiments(url: string, at: string | undefined): Promise<ExperimentPage> {
  const { experiments: first } = await ask(url, ExperimentListDocument, { after: null, asOf: at });
  const nodes = [...first.nodes];
  let { hasNextPage, endCursor } = first.pageInfo;
  while (hasNextPage) {
    const variables = { after: endCursor, asOf: first.asOf.position };
    const { experiments } = await ask(url, ExperimentListDocument, variables);
    for (const node of experiments.nodes) nodes.push(node);
    ({ hasNextPage, endCursor } = experiments.pageInfo);
  }
  return { ...first, nodes };
}

/** schemas/answers/experiments.json */
export const experimentsAnswer = ({ nodes, leftOut, asOf, complete, reason, lag }: ExperimentPage) => ({
  experiments: nodes,
  leftOut,
  asOf,
  complete,
  reason,
  lag,
});
