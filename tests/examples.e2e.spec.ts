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
const cli = join(root, 'services/cli/dist/main.js');
const run = promisify(execFile);

type Block = { readonly language: string; readonly text: string; readonly heading: string };

/** The fenced blocks of a guide, with the heading that they stand under. */
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
  return starts.map((start, place) => {
    const following = blocks.slice(start + 1, starts[place + 1]);
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

/** A server of its own for each guide; the one before has to go first. */
async function serve(name: string): Promise<ServerUnderTest> {
  await server?.end('SIGTERM');
  mkdirSync(join(folder, name));
  return (server = await startServer(join(folder, name)));
}

/** Runs one shell for all blocks of a guide, so that they share files and functions; returns the output of each. */
async function shell(texts: readonly string[], directory: string, prelude: string): Promise<string[]> {
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

/** Expected output, where … stands for anything. */
const pattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  );

const rounded = (value: number): unknown => (Number.isInteger(value) ? value : expect.closeTo(value, 3));

/** The answer as a guide shows it: fields and rows may be left out, and numbers are rounded to three places. */
function shown(value: unknown): unknown {
  if (typeof value === 'number') return rounded(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}

/** Lists of the answer cut to the length that the guide shows. */
function cut(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected))
    return expected.map((inner, index) => cut(actual[index], inner));
  if (!isObject(actual) || !isObject(expected)) return actual;
  return Object.fromEntries(Object.entries(actual).map(([key, inner]) => [key, cut(inner, expected[key])]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

it('knows every guide', () => {
  expect(
    readdirSync(guides)
      .filter((name) => name.endsWith('.md'))
      .toSorted(),
  ).toEqual(
    expect.arrayContaining(['cli.md', 'graphql.md', 'import.md', 'ingest.md', 'protocols.md', 'runs.md']),
  );
});

/** What the guides' commands need of the machine. */
const hasShell = ['bash', 'curl', 'sed', 'gzip'].every((tool) => spawnSync(tool, ['--version']).status === 0);

describe.skipIf(!hasShell)('docs/guides/ingest.md (needs bash, curl, sed and gzip)', () => {
  it('shows what its commands print', async () => {
    const { url, directory } = await serve('ingest');
    const examples = examplesOf('ingest.md', 'bash');
    expect(examples.length).toBeGreaterThanOrEqual(5);
    const texts = examples.map(({ text }) => text.replaceAll('http://127.0.0.1:4800', url));
    const outputs = await shell(texts, directory, 'true');
    for (const [index, { after }] of examples.entries())
      expect(outputs[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
  });
});

/** The command line as a shell function, and the examples beside it. */
const prelude = `tributary() { '${process.execPath}' '${cli}' "$@"; }; ln -sfn '${join(root, 'examples')}' examples`;

describe.skipIf(!hasShell).each(['runs', 'import', 'protocols'])(
  'docs/guides/%s.md (needs bash and curl)',
  (guide) => {
    it('shows what its commands print', async () => {
      const { url, directory } = await serve(guide);
      const examples = examplesOf(`${guide}.md`, 'bash');
      expect(examples.length).toBeGreaterThanOrEqual(4);
      const texts = examples.map(({ text }) => text.replaceAll('http://127.0.0.1:4800', url));
      const outputs = await shell(texts, directory, prelude);
      for (const [index, { after }] of examples.entries())
        expect(outputs[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
    });
  },
);

describe.skipIf(!existsSync(recorded) || !hasShell)(
  'guides on the shipped experiment (needs examples/lab/log.ndjson.gz and bash)',
  () => {
    const asked = examplesOf('graphql.md', 'graphql');
    let outputs: string[];

    beforeAll(async () => {
      const { directory } = await serve('lab');
      outputs = await shell(
        examplesOf('cli.md', 'bash').map(({ text }) => text),
        directory,
        prelude,
      );
    });

    it.each(
      examplesOf('cli.md', 'bash').map((example, index) => ({
        ...example,
        index,
        command: example.text.trim().split('\n').at(-1),
      })),
    )('cli.md shows what $command prints', ({ index, after }) => {
      expect(outputs[index]?.trim()).toMatch(pattern(after('text') ?? '(no output shown)'));
    });

    it('graphql.md asks at least five questions', () => {
      expect(asked.length).toBeGreaterThanOrEqual(5);
    });

    it.each(asked)('graphql.md shows the answer to: $heading', async ({ text, after }) => {
      const variables: Record<string, unknown> = JSON.parse(after('json variables') ?? '{}');
      const answer = await server?.ask(text, variables);
      const expected: unknown = JSON.parse(after('json answer') ?? 'null');
      expect(expected).not.toBeNull();
      expect(cut(answer, expected)).toMatchObject(Object(shown(expected)));
      expect(JSON.stringify(answer)).not.toMatch(/"refusal"|\[\]/);
    });
  },
);
