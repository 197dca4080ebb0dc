import { Option } from 'commander';
import { CheckedAnswerDocument, KeptAnswerDocument, KeptAnswersDocument } from '../generated/documents.ts';
import type { KeptAnswersQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { experimentByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { answerAnswer, answersAnswer, answersText, answerText } from '../text/answers.ts';
import type { KeptAnswers } from '../text/answers.ts';
import type { CommonOptions, CliContext } from '../context.ts';

type AnswerOptions = CommonOptions & { readonly at?: string };

type ListOptions = AnswerOptions & { readonly verify?: boolean };

const at = () => new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)');

export function addAnswers(add: AddCommand, context: CliContext): void {
  add('answer', 'show a kept answer as it was given, and whether it still stands')
    .argument('<id>', 'its id, or an unambiguous beginning of it of six digits or more')
    .addOption(new Option('--rerun', 'compute it again as of the same position, and compare the bytes'))
    .addOption(at())
    .action(
      async (id: string, { rerun = false, ...options }: AnswerOptions & { readonly rerun?: boolean }) => {
        const answer = await withServer(options, async (url) => {
          const variables = { id, asOf: options.at, rerun };
          return present((await ask(url, KeptAnswerDocument, variables)).answer, url);
        });
        context.print(`${options.json ? JSON.stringify(answerAnswer(answer)) : answerText(answer)}\n`);
      },
    );
  add('answers', 'list kept answers')
    .argument('[experiment]', 'the experiment, or an unambiguous prefix of its id')
    .addOption(new Option('--verify', 'compute those again that nobody has checked since the server started'))
    .addOption(at())
    .action(async (prefix: string | undefined, { verify = false, ...options }: ListOptions) => {
      const answers = await withServer(options, async (url) => {
        const listed = await answersOf(url, prefix, options.at);
        return verify ? verified(url, listed) : listed;
      });
      context.print(`${options.json ? JSON.stringify(answersAnswer(answers)) : answersText(answers)}\n`);
    });
}

async function answersOf(url: string, prefix: string | undefined, asOf?: string): Promise<KeptAnswers> {
  const experiment = prefix === undefined ? undefined : (await experimentByPrefix(url, prefix, asOf)).id;
  const variables = { experiment, asOf, after: null };
  const { answers: first } = await ask(url, KeptAnswersDocument, variables);
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const next = { ...variables, after: pageInfo.endCursor, asOf: first.asOf.position };
    const { answers }: KeptAnswersQuery = await ask(url, KeptAnswersDocument, next);
    for (const node of answers.nodes) nodes.push(node);
    ({ pageInfo } = answers);
  }
  return { ...first, nodes };
}

/** The list with every answer checked, one after the other: each takes as long as its question. */
async function verified(url: string, answers: KeptAnswers): Promise<KeptAnswers> {
  const nodes: KeptAnswers['nodes'][number][] = [];
  for (const node of answers.nodes) {
    if (node.verification !== 'not_checked') {
      nodes.push(node);
      continue;
    }
    const variables = { id: node.id, asOf: answers.asOf.position };
    const { answer } = await ask(url, CheckedAnswerDocument, variables);
    nodes.push({ ...node, verification: answer?.verification ?? node.verification });
  }
  return { ...answers, nodes };
}
