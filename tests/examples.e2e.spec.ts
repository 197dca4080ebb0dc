import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../services/standalone/src/server-under-test.fixture.ts';

const root = join(import.meta.dirname, '..');
const guides = join(root, 'docs/guides');
const recorded = join(root, 'examples/lab/log.ndjson.gz');
const cli = join(root, 'dist/cli.js');
const run = promisify(execFile);

type Block = { readonly language: string; readonly text: string; readonly heading: string };

/** The fenced blocks of a guide, each with the heading above it. */
function blocksOf(guide: string): Block[] {
  let heading = guide;
  const markdown = readFileSync(join(guides, guide), 'utf8');
  return [...markdown.matchAll(/^#+ (.+)$|^```(.+)\n([^]*?)^```$/gm)].flatMap(([, title, language, text]) => {
    heading = title ?? heading;
    return language === undefined ? [] : [{ language, text: text ?? '', heading }];
  });
}

/** Each block of a language with the blocks that follow it, up to the next of the same language. */
function examplesOf(guide: string, language: string) {
  const blocks = blocksOf(guide);
  const starts = blocks.flatMap((block, index) => (block.language === language ? [index] : []));
  return starts.map((start, index) => {
    const following = blocks.slice(start + 1, starts[index + 1]);
    const after = (name: string) => following.find((block) => block.language === name)?.text;
    return { heading: blocks[start]?.heading ?? '', text: blocks[start]?.text ?? '', after };
  });
}

let server: ServerUnderTest | undefined;
const folder = temporaryDirectory();
afterAll(async () => {
  await server?.end('SIGKILL');
  removeDirectory(folder);
});

/** Starts a new server for a guide, after the server of the guide before has ended. */
async function serve(name: string): Promise<ServerUnderTest> {
  await server?.end('SIGTERM');
  mkdirSync(join(folder, name));
  return (server = await startServer(join(folder, name)));
}

/** Runs all blocks of a guide in one bash process, so that they share variables. Returns the output of each block. */
async function runBlocks(texts: readonly string[], directory: string, prelude: string): Promise<string[]> {
  const script = [prelude, ...texts].join('\necho "$BETWEEN"\n');
  const env = { PATH: process.env['PATH'] ?? '', TRIBUTARY_DATA: directory, BETWEEN };
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env,
    maxBuffer: 1 << 26,
  });
  return stdout.split(`${BETWEEN}\n`).slice(1);
}
const BETWEEN = '--- next block ---';

/** A pattern for expected output, in which `…` matches any text. */
const pattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  );

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
    expect.arrayContaining(['cli.md', 'graphql.md', 'import.md', 'ingest.md', 'protocols.md', 'runs.md']),
  );
});

/** Whether the machine has the tools that the commands of the guides use. */
const hasTools = ['bash', 'curl', 'sed', 'gzip'].every((tool) => spawnSync(tool, ['--version']).status === 0);

describe.skipIf(!hasTools)('docs/guides/ingest.md (needs bash, curl, sed and gzip)', () => {
  it('shows what its commands print', async () => {
    const { url, directory } = await serve('ingest');
    const examples = examplesOf('ingest.md', 'bash');
    expect(examples.length).toBeGreaterThanOrEqual(5);
    const texts = examples.map(({ text }) => text.replaceAll('http://127.0.0.1:4800', url));
    const outputs = await runBlocks(texts, directory, 'true');
    for (const [index, { after }] of examples.entries())
      expect(outputs[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
  });
});

describe.skipIf(!hasTools)('README.md (needs bash and curl)', () => {
  it('shows what its event by hand leads to', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, command = '', shown = ''] =
      /^```\n(curl -s [^]*?)^```\n\n^```\n([^]*?)^```$/m.exec(readme) ?? [];
    expect(command).toContain('npx tributary exposure my-run');
    const { url, directory } = server ?? (await serve('readme'));
    const npx = `npx() { shift; '${process.execPath}' '${cli}' "$@"; }`;
    const [output = ''] = await runBlocks([command.replace('http://127.0.0.1:4800', url)], directory, npx);
    expect(output.slice(output.indexOf('my-run,')).trim()).toMatch(pattern(shown));
  });
});

/** Defines the command line as a shell function, and links the examples into the working directory. */
const prelude = `tributary() { '${process.execPath}' '${cli}' "$@"; }; ln -sfn '${join(root, 'examples')}' examples`;

describe.skipIf(!hasTools).each(['runs', 'import', 'protocols'])(
  'docs/guides/%s.md (needs bash and curl)',
  (guide) => {
    it('shows what its commands print', async () => {
      const { url, directory } = await serve(guide);
      const examples = examplesOf(`${guide}.md`, 'bash');
      expect(examples.length).toBeGreaterThanOrEqual(4);
      const texts = examples.map(({ text }) => text.replaceAll('http://127.0.0.1:4800', url));
      const outputs = await runBlocks(texts, directory, prelude);
      for (const [index, { after }] of examples.entries())
        expect(outputs[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
    });
  },
);

describe.skipIf(!existsSync(recorded) || !hasTools)(
  'guides on the shipped experiment (needs examples/lab/log.ndjson.gz and bash)',
  () => {
    const asked = examplesOf('graphql.md', 'graphql');
    /* A backup is made beside the server that the other commands use. */
    const commands = ['cli.md', 'backup.md'].flatMap((guide) =>
      examplesOf(guide, 'bash').map((example) => ({ guide, ...example })),
    );
    let outputs: string[];

    beforeAll(async () => {
      const { directory } = await serve('lab');
      outputs = await runBlocks(
        commands.map(({ text }) => text),
        directory,
        prelude,
      );
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
      const answer = await server?.ask(text, variables);
      const expected: unknown = JSON.parse(after('json answer') ?? 'null');
      expect(expected).not.toBeNull();
      expect(truncated(answer, expected)).toMatchObject(Object(shown(expected)));
      expect(JSON.stringify(answer)).not.toMatch(/"refusal"|\[\]/);
    });
  },
);
