import { InvalidArgumentError, Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { kindFrom, kindNamed, kindWords } from '../entity-kinds.ts';
import { EXIT, Exit } from '../exit.ts';
import { EntitiesDocument } from '../generated/documents.ts';
import type { EntitiesQuery, EntitiesQueryVariables, EntitySort, RunStatus } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { entitiesText, MOST_LISTED } from '../text/entities.ts';

export type EntityPage = NonNullable<EntitiesQuery['entities']>;

type ListOptions = CommonOptions & {
  readonly where?: readonly string[];
  readonly sort: EntitySort;
  readonly limit: number;
  readonly at?: string;
};

const PAGE = 1_000;

export function addList(add: AddCommand, context: CliContext): void {
  add('list', 'list what recorded facts name, of one kind')
    .argument('<kind>', kindWords.join(', '))
    .addOption(
      new Option(
        '--where <condition...>',
        'name=TEXT (part of id or name), status=STATUS and model=NAME (runs), or KIND=ID: connected with it by a fact',
      ),
    )
    .addOption(new Option('--sort <order>', 'order').choices(['id', 'newest', 'oldest']).default('id'))
    .addOption(new Option('--limit <n>', 'how many are listed').argParser(limitFrom).default(100))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (word: string, options: ListOptions) => {
      const kind = kindFrom(word);
      const { sort, at: asOf } = options;
      const asked = { kind, ...conditionsFrom(options.where ?? []), sort, asOf };
      const list = await withServer(options, (url) => firstEntities(url, asked, options.limit));
      context.print(`${options.json ? JSON.stringify(listAnswer(list)) : entitiesText(kind, list)}\n`);
    });
}

export function limitFrom(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MOST_LISTED) return limit;
  throw new InvalidArgumentError('It is an integer from 1 to 1000000.');
}

type Conditions = Pick<EntitiesQueryVariables, 'contains' | 'status' | 'model' | 'neighbour'>;

/** Filters from `KEY=VALUE`. Throws Exit for a key that is none, and for a second condition with the same meaning. */
export function conditionsFrom(texts: readonly string[]): Conditions {
  let conditions: Conditions = {};
  for (const text of texts) {
    const [name, value] = conditionFrom(text);
    if (conditions[name] !== undefined)
      throw new Exit(EXIT.usage, `--where ${text}: only one condition of this kind can be given`);
    conditions = { ...conditions, [name]: value };
  }
  return conditions;
}

const STATUS: readonly RunStatus[] = ['planned', 'running', 'completed', 'failed', 'stopped', 'unknown'];

function conditionFrom(text: string): readonly [name: keyof Conditions, value: string] {
  const at = text.indexOf('=');
  const [key, value] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  const kind = kindNamed(key);
  if (value === '' || at < 1) throw new Exit(EXIT.usage, `--where ${text} is no condition; write KEY=VALUE`);
  if (key === 'name') return ['contains', value];
  if (key === 'model') return ['model', value];
  if (key === 'status') {
    if (STATUS.some((status) => status === value)) return ['status', value];
    throw new Exit(EXIT.usage, `--where ${text}: the status of a run is one of ${STATUS.join(', ')}`);
  }
  if (kind === undefined)
    throw new Exit(
      EXIT.usage,
      `--where ${text}: ${key} is none of name, status, model, ${kindWords.join(', ')}`,
    );
  return ['neighbour', `${kind}:${value}`];
}

/** The first entities of a list, from as many pages as it takes, as of the position of the first one. */
async function firstEntities(url: string, asked: EntitiesQueryVariables, limit: number): Promise<EntityPage> {
  const page = async (after: string | null, asOf: string | null | undefined, first: number) =>
    present((await ask(url, EntitiesDocument, { ...asked, after, asOf, first })).entities, url);
  const list = await page(null, asked.asOf, Math.min(limit, PAGE));
  const nodes = [...list.nodes];
  let { pageInfo } = list;
  while (pageInfo.hasNextPage && nodes.length < limit) {
    const next = await page(pageInfo.endCursor, list.asOf.position, Math.min(limit - nodes.length, PAGE));
    for (const node of next.nodes) nodes.push(node);
    ({ pageInfo } = next);
  }
  return { ...list, nodes, pageInfo };
}

/** schemas/answers/list.json */
export const listAnswer = ({ nodes, totalCount, pageInfo, ...answer }: EntityPage) => ({
  entities: nodes,
  returned: nodes.length,
  total: totalCount,
  truncated: pageInfo.hasNextPage,
  ...answer,
});
