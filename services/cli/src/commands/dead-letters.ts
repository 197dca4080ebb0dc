import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Argument } from 'commander';
import { deadLettersAnswer, lettersText, letterText } from '../dead-letters.ts';
import type { Counts, Letter } from '../dead-letters.ts';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, Shell } from '../shell.ts';

const LETTER = /* GraphQL */ `
  fragment Letter on DeadLetter {
    id
    endpoint
    contentType
    size
    code
    message
    pointer
    value
    explanation
    firstSeen
    lastSeen
    seen
    state
    position
    history {
      at
      actor
      action
      outcome
      reason
      fixed
    }
  }
`;

const COUNTS = /* GraphQL */ `
  fragment Counts on DeadLetterCounts {
    parked
    replayed
    discarded
    byCode {
      code
      count
    }
    bytes
  }
`;

export const LIST = /* GraphQL */ `
  query DeadLetters($state: DeadLetterState, $code: String, $first: Int, $after: ID) {
    deadLetters(state: $state, code: $code, first: $first, after: $after) {
      letters {
        ...Letter
      }
      next
      counts {
        ...Counts
      }
    }
  }
  ${LETTER}
  ${COUNTS}
`;

export const SHOW = /* GraphQL */ `
  query DeadLetter($id: ID!) {
    deadLetter(id: $id) {
      ...Letter
      text
      lossy
    }
  }
  ${LETTER}
`;

export const REPLAY = /* GraphQL */ `
  mutation Replay($id: ID!, $fixedText: String, $actor: String!) {
    replayDeadLetter(id: $id, fixedText: $fixedText, actor: $actor) {
      ...Letter
    }
  }
  ${LETTER}
`;

export const DISCARD = /* GraphQL */ `
  mutation Discard($id: ID!, $reason: String!, $actor: String!) {
    discardDeadLetter(id: $id, reason: $reason, actor: $actor) {
      ...Letter
    }
  }
  ${LETTER}
`;

type Page = { readonly letters: readonly Letter[]; readonly next: string | null; readonly counts: Counts };

type Options = CommonOptions & {
  readonly state: string;
  readonly code?: string;
  readonly first: string;
  readonly after?: string;
  readonly file?: string;
  readonly all?: true;
  readonly reason?: string;
  readonly actor: string;
};

const ACTIONS = ['list', 'show', 'fix', 'replay', 'discard'];

export function addDeadLetters(add: AddCommand, shell: Shell, setCode: (code: number) => void): void {
  add('dead-letters', 'what was refused of requests whose rest was stored')
    .addArgument(new Argument('[action]', 'what to do').choices(ACTIONS).default('list'))
    .argument('[id]', 'the letter')
    .option('--state <state>', 'list those that are parked, replayed, discarded or all', 'parked')
    .option('--code <code>', 'only those refused for this reason')
    .option('--first <n>', 'list at most so many', '50')
    .option('--after <id>', 'go on behind this letter')
    .option('--file <file>', 'text to send in the place of what came (fix)')
    .option('--all', 'replay every parked one of --code')
    .option('--reason <text>', 'why it is not wanted (discard)')
    .option('--actor <name>', 'who does it', userInfo().username)
    .action(async (action: string, id: string | undefined, options: Options) => {
      const letters = await withServer(options, (url) => act(url, action, id, options));
      print(shell, letters, { ...options, isOne: action === 'show' });
      if (isRefusedAgain(action, letters)) setCode(EXIT.rejects);
    });
}

/** Letters that an action has to show; `next` and `counts` where it is a list. */
type Shown = { readonly letters: readonly Letter[]; readonly next?: string | null; readonly counts?: Counts };

async function act(url: string, action: string, id: string | undefined, options: Options): Promise<Shown> {
  if (action === 'list') return list(url, options);
  if (action === 'replay' && options.all) return replayAll(url, options);
  if (id === undefined) throw new Exit(EXIT.usage, `dead-letters ${action} needs the id of a letter`);
  if (action === 'show') return show(url, id);
  if (action === 'discard') return discard(url, id, options);
  return { letters: [await replay(url, id, options, action === 'fix' ? fixedText(options) : undefined)] };
}

async function list(url: string, { state, code, first, after }: Options): Promise<Page> {
  const variables = { state: state === 'all' ? null : state, code, first: Number(first), after };
  return (await ask<{ deadLetters: Page }>(url, LIST, variables)).deadLetters;
}

async function show(url: string, id: string): Promise<Shown> {
  const { deadLetter } = await ask<{ deadLetter: Letter | null }>(url, SHOW, { id });
  if (!deadLetter) throw new Exit(EXIT.failed, `there is no dead letter ${id}`, 'dead_letter_unknown');
  return { letters: [deadLetter] };
}

async function discard(url: string, id: string, { reason, actor }: Options): Promise<Shown> {
  if (reason === undefined) throw new Exit(EXIT.usage, 'dead-letters discard needs --reason');
  const answer = await ask<{ discardDeadLetter: Letter }>(url, DISCARD, { id, reason, actor });
  return { letters: [answer.discardDeadLetter] };
}

async function replay(url: string, id: string, { actor }: Options, fixed?: string): Promise<Letter> {
  const variables = { id, actor, fixedText: fixed };
  return (await ask<{ replayDeadLetter: Letter }>(url, REPLAY, variables)).replayDeadLetter;
}

async function replayAll(url: string, options: Options): Promise<Shown> {
  if (options.code === undefined) throw new Exit(EXIT.usage, 'dead-letters replay --all needs --code');
  const letters: Letter[] = [];
  let after: string | undefined;
  do {
    const page = await list(url, { ...options, state: 'parked', first: '100', ...(after && { after }) });
    for (const { id } of page.letters) letters.push(await replay(url, id, options));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return { letters };
}

function fixedText({ file }: Options): string {
  if (file === undefined) throw new Exit(EXIT.usage, 'dead-letters fix needs --file');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Exit(EXIT.failed, `${file} cannot be read`);
  }
}

const isRefusedAgain = (action: string, { letters }: Shown): boolean =>
  (action === 'fix' || action === 'replay') && letters.some(({ state }) => state !== 'replayed');

function print(shell: Shell, shown: Shown, { json, isOne }: { json?: true; isOne: boolean }): void {
  const [letter] = shown.letters;
  const text = isOne && letter ? letterText(letter) : lettersText(shown);
  shell.print(`${json ? JSON.stringify(deadLettersAnswer(shown)) : text}\n`);
}
