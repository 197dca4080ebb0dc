import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerUnderTest } from '../services/standalone/src/server-under-test.fixture.ts';
import {
  commandsOf,
  DCLM,
  examplesOf,
  guides,
  hasPublicData,
  pattern,
  questionsOn,
  runBlocks,
} from './examples.fixture.ts';
import { hasTools, openGuides, sessionOn, showsItsCommands } from './guides.suite.ts';
import { excerpt, withoutTimes } from '../tools/questions/page.ts';
import type { DataSet, Example } from '../tools/questions/page.ts';

const root = join(import.meta.dirname, '..');
const recorded = join(root, 'examples/lab/log.ndjson.gz');

const opened = openGuides();
afterAll(() => opened.close());

const rounded = (value: number): unknown => (Number.isInteger(value) ? value : expect.closeTo(value, 3));

/** A matcher for the answer in a guide. Fields and rows may be omitted, and numbers are rounded to three decimals. */
function shown(value: unknown): unknown {
  if (typeof value === 'number') return rounded(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}

/** The answer with its lists truncated to the length that the guide shows. */
function truncated(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected))
    return expected.map((inner, index) => truncated(actual[index], inner));
  if (!isObject(actual) || !isObject(expected)) return actual;
  return Object.fromEntries(
    Object.entries(actual).map(([key, inner]) => [key, truncated(inner, expected[key])]),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

it('finds every guide that it tests', () => {
  expect(
    readdirSync(guides)
      .filter((name) => name.endsWith('.md'))
      .toSorted(),
  ).toEqual(
    expect.arrayContaining([
      'auditing.md',
      'cli.md',
      'graphql.md',
      'import.md',
      'ingest.md',
      'maps.md',
      'protocols.md',
      'runs.md',
      'training-content.md',
    ]),
  );
});

describe.skipIf(!hasTools || !hasPublicData || !existsSync(recorded))(
  'docs/guides/auditing.md (needs bash, curl and folders of TRIBUTARY_TEST_DATA)',
  () => {
    showsItsCommands(opened, 'auditing');
  },
);

/* `import` is the last one: questions.md goes on with what it imports. */
describe.skipIf(!hasTools).each(['protocols', 'maps', 'training-content', 'import'])(
  'docs/guides/%s.md (needs bash and curl)',
  (guide) => {
    showsItsCommands(opened, guide);
  },
);

const commandsIn = (examples: readonly Example[]): string[] =>
  examples.flatMap(({ language, text }) => (language === 'bash' ? [text] : []));

/** What the blocks of the page print now is what it shows; `printed` has the output of its commands in order. */
async function expectShown(
  asked: ServerUnderTest,
  examples: readonly Example[],
  printed: readonly string[],
): Promise<void> {
  expect(examples.length).toBeGreaterThan(0);
  for (const [index, { shown: text }] of examples.filter(({ language }) => language === 'bash').entries())
    expect(printed[index]?.trim()).toMatch(pattern(text));
  for (const { text, shown: answer } of examples.filter(({ language }) => language === 'graphql'))
    expect(excerpt(await asked.ask(text))).toEqual(shown(JSON.parse(answer)));
}

/** The server of the guide before, which has imported what that guide imports. */
async function importing(): Promise<ServerUnderTest> {
  const running = opened.running();
  if (running?.directory === join(opened.folder, 'import')) return running;
  const serving = await opened.serve('import');
  await runBlocks(commandsOf('import.md'), sessionOn(opened, serving));
  return serving;
}

describe.skipIf(!hasTools)('docs/questions.md, beside what import.md imports', () => {
  const expectShownOf = async (data: DataSet): Promise<void> => {
    const serving = await importing();
    const examples = questionsOn(data);
    await expectShown(serving, examples, await runBlocks(commandsIn(examples), sessionOn(opened, serving)));
  };

  it('shows what is asked of the small files', () => expectShownOf('samples'));

  it.skipIf(!existsSync(DCLM))(
    'shows what is asked of the registry of DCLM (needs TRIBUTARY_TEST_DATA/dclm-expdb)',
    () => expectShownOf('dclm'),
  );
});

describe.skipIf(!existsSync(recorded) || !hasTools)(
  'guides on the shipped experiment (needs examples/lab/log.ndjson.gz and bash)',
  () => {
    const asked = examplesOf('graphql.md', 'graphql');
    /* A backup is made beside the server that the other commands use. */
    const commands = ['cli.md', 'backup.md'].flatMap((guide) =>
      examplesOf(guide, 'bash').map((example) => ({ guide, ...example })),
    );
    const questions = questionsOn('lab');
    let outputs: string[];
    let printed: string[];

    /* Questions record nothing, so their commands run before those of the guide that do. What both ask runs once. */
    beforeAll(async () => {
      const texts = commands.map(({ text }) => text);
      const between = commandsIn(questions).filter((text) => !texts.includes(text));
      const all = [...texts.slice(0, 1), ...between, ...texts.slice(1)];
      const found = await runBlocks(all, sessionOn(opened, await opened.serve('lab')));
      printed = commandsIn(questions).map((text) => found[all.indexOf(text)] ?? '');
      outputs = [...found.slice(0, 1), ...found.slice(1 + between.length)];
    }, 900_000);

    it('questions.md shows what its commands print and its queries answer', async () => {
      const serving = opened.running();
      expect(serving).toBeDefined();
      if (serving) await expectShown(serving, questions, printed);
    });

    it.each(['lab-exposure.svg', 'lab-lineage.svg'])('docs/%s is what its command draws', (name) => {
      const drawn = readFileSync(join(opened.folder, name), 'utf8');
      expect(withoutTimes(drawn)).toBe(readFileSync(join(root, 'docs', name), 'utf8'));
    });

    it.each(
      commands.map((example, index) => ({
        ...example,
        index,
        command: example.text.trim().split('\n').at(-1),
      })),
    )('$guide shows what $command prints', ({ index, after }) => {
      expect(outputs[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
    });

    it('graphql.md shows at least five queries', () => {
      expect(asked.length).toBeGreaterThanOrEqual(5);
    });

    it.each(asked)('graphql.md shows the answer to: $heading', async ({ text, after }) => {
      const variables: Record<string, unknown> = JSON.parse(after('json variables') ?? '{}');
      const answer = await opened.running()?.ask(text, variables);
      const expected: unknown = JSON.parse(after('json answer') ?? 'null');
      expect(expected).not.toBeNull();
      expect(truncated(answer, expected)).toMatchObject(Object(shown(expected)));
      expect(JSON.stringify(answer)).not.toMatch(/"refusal"|\[\]/);
    });
  },
);
