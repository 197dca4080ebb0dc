import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '@tributary/embedded';
import { startServer } from '../../services/standalone/src/server-under-test.fixture.ts';

/** A server that is asked in GraphQL. */
export type AskedServer = {
  askText(query: string, variables?: Record<string, unknown>): Promise<string>;
  end(): Promise<unknown>;
};
/** Starts a server on a directory, and resolves when it answers. */
type Start = (directory: string) => Promise<AskedServer>;

/** The built server in a process of its own, as users start it. */
export const builtServer: Start = async (directory) => {
  const server = await startServer(directory);
  return {
    askText: (query, variables) => server.askText(query, variables),
    end: () => server.end('SIGKILL'),
  };
};

/** The same server in this process, which has loaded its modules already. */
export const embeddedServer: Start = async (directory) => {
  const server = await startEmbedded({ directory, host: '127.0.0.1', port: 0 });
  const headers = { 'content-type': 'application/json' };
  return {
    askText: async (query, variables = {}) => {
      const body = JSON.stringify({ query, variables });
      return (await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).text();
    },
    end: () => server.close(),
  };
};

export const RUNS = ['r0', 'r1', 'r2'] as const;
type Run = (typeof RUNS)[number];

/** Questions that read base tables and the tables of views, by the name of their field in the answer. */
const QUESTIONS: Readonly<Record<string, string>> = {
  runs: `runs(asOf: $asOf) {
    nodes { id attempt status lastStep tokens lastLoss } totalCount asOf { position } complete reason
  }`,
  ...Object.fromEntries(
    RUNS.flatMap((run) => [
      [
        run,
        `${run}: exposure(run: "${run}", asOf: $asOf) { total rows { slice tokens amount } complete reason }`,
      ],
      [
        `${run}Curve`,
        `${run}Curve: curve(run: "${run}", asOf: $asOf) { points { step values low mean high } complete reason }`,
      ],
    ]),
  ),
};
const NAMES = Object.keys(QUESTIONS);

type Field = {
  readonly complete?: boolean;
  readonly reason?: string | null;
  readonly asOf?: { position: string };
};
/** The fields of an answer; a field that is refused has its error. */
type Answer = Readonly<Record<string, Field>>;

/** Long enough for tables of a few thousand rows to be filled again. */
const FILLED_MS = 180_000;
/** Each pause between two looks at tables that are filled is twice the last one, up to the second number. */
const PAUSE_MS = [20, 400] as const;

/** The answers as of a position of a server that has everything. They never change, so each is asked for once. */
export type Expected = (asOf: string) => Promise<Answer>;

export function answersOf(reference: AskedServer): Expected {
  const asked = new Map<string, Promise<Answer>>();
  return (asOf) => {
    const known = asked.get(asOf) ?? completeAnswer(reference, asOf);
    asked.set(asOf, known);
    return known;
  };
}

async function completeAnswer(server: AskedServer, asOf: string): Promise<Answer> {
  const complete: Record<string, Field> = {};
  const last = await askUntil(server, { names: NAMES, asOf }, (answer) => {
    Object.assign(complete, answer);
    return Promise.resolve(incompleteIn(answer));
  });
  if (last) throw new Error(`the reference stays incomplete: ${JSON.stringify(last)}`);
  return complete;
}

/** What a server said about the data directory that a power cut left. */
export type ServerFinding = {
  /** What it lost or hid, in words; nothing where it keeps its promise. */
  readonly losses: readonly string[];
  /** Whether an answer said that rows are missing in the tables. */
  readonly wasShort: boolean;
};

type Asking = {
  readonly start: Start;
  /** The run that is asked about, beside the list of all. */
  readonly run: Run;
  /** Whether it is asked until its answers are complete; once otherwise. */
  readonly fills: boolean;
  readonly rebuilds: boolean;
};

/**
 * Starts the server on a directory and asks it. Each answer that calls itself complete has to be the expected one as of the
 * same position. Where `rebuilds` is set, its tables are compared with rebuilt ones, too.
 */
export async function findingOf(
  directory: string,
  expected: Expected,
  { start, run, fills, rebuilds }: Asking,
): Promise<ServerFinding> {
  let server: AskedServer;
  try {
    server = await start(directory);
  } catch (fault) {
    return { losses: [String(fault)], wasShort: false };
  }
  try {
    const found = await questioned(server, expected, { run, fills });
    const differ = rebuilds && found.losses.length === 0 && !(await equalsRebuilt(server));
    return differ ? { ...found, losses: ['the tables are not what the log says'] } : found;
  } finally {
    await server.end();
  }
}

async function questioned(
  server: AskedServer,
  expected: Expected,
  { run, fills }: Pick<Asking, 'run' | 'fills'>,
): Promise<ServerFinding> {
  const losses: string[] = [];
  let wasShort = false;
  const compared = async (answer: Answer, asOf: string): Promise<readonly string[]> => {
    losses.push(...hiddenIn(answer, await expected(asOf), asOf));
    const incomplete = incompleteIn(answer);
    wasShort ||= incomplete.some((name) => answer[name]?.reason?.includes('rows are missing'));
    return incomplete;
  };
  const { runs = {} } = await ask(server, ['runs']);
  await compared({ runs }, runs.asOf?.position ?? '0');
  const asOf = await logEnd(server);
  if (!fills) {
    await compared(await ask(server, [run, `${run}Curve`], asOf), asOf);
    return { losses, wasShort };
  }
  const names = ['runs', run, `${run}Curve`];
  const last = await askUntil(server, { names, asOf }, (answer) => compared(answer, asOf));
  if (last !== undefined) losses.push(`stays incomplete: ${JSON.stringify(last)}`);
  return { losses, wasShort };
}

/**
 * Asks every question until its answer will do. Where some will not, one of them is asked again and again, and the others
 * after it, because they wait for the same tables. A refusal may come alone: what it stood beside is asked again. Returns
 * the last answer where one will not do in time.
 */
async function askUntil(
  server: AskedServer,
  { names, asOf }: { readonly names: readonly string[]; readonly asOf: string },
  unfitIn: (answer: Answer) => Promise<readonly string[]>,
): Promise<Answer | undefined> {
  const [shortest, longest] = PAUSE_MS;
  const end = Date.now() + FILLED_MS;
  let asked = names;
  let left = names;
  for (let millis: number = shortest; ; millis = Math.min(2 * millis, longest)) {
    const answer = await ask(server, asked, asOf);
    const unfit = await unfitIn(answer);
    left = left.filter((name) => unfit.includes(name) || !Object.hasOwn(answer, name));
    if (left.length === 0) return undefined;
    if (Date.now() > end) return answer;
    asked = unfit.length > 0 ? unfit.slice(0, 1) : left;
    if (unfit.length > 0) await pause(millis);
  }
}

async function equalsRebuilt(server: AskedServer): Promise<boolean> {
  const { data } = JSON.parse(await server.askText('mutation { rebuild(verify: true) { equal } }'));
  return data.rebuild.equal === true;
}

/** The position of the durable end of the log. */
async function logEnd(server: AskedServer): Promise<string> {
  const { data } = JSON.parse(await server.askText('{ status { log { position } } }'));
  return data.status.log.position;
}

type Reply = {
  readonly data: Readonly<Record<string, Field | null>> | null;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly string[] }[];
};

async function ask(server: AskedServer, names: readonly string[], asOf?: string): Promise<Answer> {
  const document = `query ($asOf: Position) { ${names.map((name) => QUESTIONS[name]).join('\n')} }`;
  const { data, errors = [] }: Reply = JSON.parse(await server.askText(document, { asOf }));
  const refused = errors.map(({ message, path }) => [path?.[0] ?? '', { reason: message }]);
  return { ...data, ...Object.fromEntries(refused) };
}

/** A question that is refused has no `complete`, so its refusal has to say what may be missing. */
const saysIncomplete = ({ complete, reason }: Field): boolean =>
  complete === undefined
    ? /rows are missing|have not been compared|are not in the tables yet/.test(reason ?? '')
    : !complete;

const incompleteIn = (answer: Answer): string[] =>
  Object.keys(answer).filter((name) => saysIncomplete(answer[name] ?? {}));

/** Answers that do not say that they are incomplete and are not the expected ones. */
const hiddenIn = (answer: Answer, expected: Answer, asOf: string): string[] =>
  Object.entries(answer).flatMap(([name, field]) =>
    saysIncomplete(field) || JSON.stringify(field) === JSON.stringify(expected[name])
      ? []
      : [
          `${name} as of ${asOf} is ${JSON.stringify(field).slice(0, 300)}, not ${JSON.stringify(expected[name])?.slice(0, 300)}`,
        ],
  );
