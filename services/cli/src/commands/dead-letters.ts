import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Argument, InvalidArgumentError, Option } from 'commander';
import { deadLettersAnswer, deadLettersText, deadLetterText } from '../dead-letters.ts';
import type { DeadLetter, Shown } from '../dead-letters.ts';
import { EXIT, Exit } from '../exit.ts';
import {
  DeadLetterDocument,
  DeadLettersDocument,
  DiscardDocument,
  ReplayDocument,
} from '../generated/documents.ts';
import type { DeadLetterState } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { actorFor, WHO_ACTS } from '../server/credential.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';

type Options = CommonOptions & {
  readonly state: DeadLetterState | 'all';
  readonly code?: string;
  readonly first: number;
  readonly after?: string;
  readonly file?: string;
  readonly all?: true;
  readonly reason?: string;
  readonly actor?: string;
};

/** Dead letters that the server lists at once. */
const PAGE = 500;

function pageFrom(text: string): number {
  const first = Number(text);
  if (/^\d+$/.test(text) && first >= 1 && first <= PAGE) return first;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${PAGE}; --after lists what follows.`);
}

const ACTIONS = ['list', 'show', 'fix', 'replay', 'discard'];

export function addDeadLetters(add: AddCommand, context: CliContext, setCode: (code: number) => void): void {
  add('dead-letters', 'refused parts of requests, which can be corrected and sent again')
    .addArgument(new Argument('[action]', 'what to do').choices(ACTIONS).default('list'))
    .argument('[id]', 'id of the dead letter')
    .addOption(
      new Option('--state <state>', 'list dead letters in this state')
        .choices(['parked', 'replayed', 'discarded', 'all'])
        .default('parked'),
    )
    .option('--code <code>', 'only dead letters with this code')
    .addOption(new Option('--first <n>', 'list at most this many').argParser(pageFrom).default(50))
    .option('--after <id>', 'list dead letters after this one')
    .option('--file <file>', 'corrected text to send instead (fix)')
    .option('--all', 'replay every parked dead letter with --code')
    .option('--reason <text>', 'why it is discarded (discard)')
    .option('--actor <name>', WHO_ACTS)
    .action(async (action: string, id: string | undefined, options: Options) => {
      const shown = await withServer(options, (url) => act(url, action, id, options));
      print(context, shown, { ...options, isOne: action === 'show' });
      if (isRefusedAgain(action, shown)) setCode(EXIT.rejects);
    });
}

async function act(url: string, action: string, id: string | undefined, options: Options): Promise<Shown> {
  if (action === 'list') return list(url, options);
  if (action === 'replay' && options.all) return replayAll(url, options);
  if (id === undefined) throw new Exit(EXIT.usage, `dead-letters ${action} needs the id of a dead letter`);
  if (action === 'show') return show(url, id);
  if (action === 'discard') return discard(url, id, options);
  return { deadLetters: [await replay(url, id, options, action === 'fix' ? fixedText(options) : undefined)] };
}

async function list(url: string, { state, code, first, after }: Options): Promise<Shown> {
  const variables = { state: state === 'all' ? null : state, code, first, after };
  const { deadLetters } = await ask(url, DeadLettersDocument, variables);
  const { nodes, pageInfo, counts } = deadLetters;
  return { deadLetters: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, counts };
}

async function show(url: string, id: string): Promise<Shown> {
  const { deadLetter } = await ask(url, DeadLetterDocument, { id });
  return { deadLetters: [present(deadLetter, url)] };
}

async function discard(url: string, id: string, { reason, actor }: Options): Promise<Shown> {
  if (reason === undefined) throw new Exit(EXIT.usage, 'dead-letters discard needs --reason');
  const { discardDeadLetter } = await ask(url, DiscardDocument, { id, reason, actor: by(url, actor) });
  return { deadLetters: [discardDeadLetter] };
}

async function replay(url: string, id: string, { actor }: Options, fixed?: string): Promise<DeadLetter> {
  return (await ask(url, ReplayDocument, { id, actor: by(url, actor), fixedText: fixed })).replayDeadLetter;
}

const by = (url: string, actor: string | undefined): string | undefined =>
  actorFor(url, actor, () => userInfo().username);

async function replayAll(url: string, options: Options): Promise<Shown> {
  if (options.code === undefined) throw new Exit(EXIT.usage, 'dead-letters replay --all needs --code');
  const deadLetters: DeadLetter[] = [];
  let after: string | undefined;
  do {
    const page = await list(url, { ...options, state: 'parked', first: 100, ...(after && { after }) });
    for (const { id } of page.deadLetters) deadLetters.push(await replay(url, id, options));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return { deadLetters };
}

function fixedText({ file }: Options): string {
  if (file === undefined) throw new Exit(EXIT.usage, 'dead-letters fix needs --file');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Exit(EXIT.failed, `${file} cannot be read`);
  }
}

const isRefusedAgain = (action: string, { deadLetters }: Shown): boolean =>
  (action === 'fix' || action === 'replay') && deadLetters.some(({ state }) => state !== 'replayed');

function print(context: CliContext, shown: Shown, { json, isOne }: { json?: true; isOne: boolean }): void {
  const [deadLetter] = shown.deadLetters;
  const text = isOne && deadLetter ? deadLetterText(deadLetter) : deadLettersText(shown);
  context.print(`${json ? JSON.stringify(deadLettersAnswer(shown)) : text}\n`);
}
