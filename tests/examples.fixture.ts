import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { examplesIn } from '../tools/questions/page.ts';
import type { DataSet, Example } from '../tools/questions/page.ts';

const root = join(import.meta.dirname, '..');
export const guides = join(root, 'docs/guides');
export const cli = join(root, 'dist/cli.js');
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
export function examplesOf(guide: string, language: string) {
  const blocks = blocksOf(guide);
  const starts = blocks.flatMap((block, index) => (block.language === language ? [index] : []));
  return starts.map((start, index) => {
    const following = blocks.slice(start + 1, starts[index + 1]);
    const after = (name: string) => following.find((block) => block.language === name)?.text;
    return { heading: blocks[start]?.heading ?? '', text: blocks[start]?.text ?? '', after };
  });
}

/** The commands of a guide. */
export const commandsOf = (guide: string): string[] => examplesOf(guide, 'bash').map(({ text }) => text);

/** The page of questions, and what is asked of one of its sets of data. */
export const questionsPage = join(root, 'docs/questions.md');
export const questionsOn = (data: DataSet): Example[] =>
  examplesIn(readFileSync(questionsPage, 'utf8')).filter((example) => example.data === data);

/** Defines the command line as a shell function. */
export const COMMAND_LINE = `tributary() { '${process.execPath}' '${cli}' "$@"; }`;

/** Folders of data of others that docs/guides/auditing.md asks. */
const PUBLIC_DATA = process.env['TRIBUTARY_TEST_DATA'] ?? join(root, 'no-test-data');
export const hasPublicData = ['olmo2-configs', 'pythia-pronoun', 'regmix'].every((name) =>
  existsSync(join(PUBLIC_DATA, name)),
);

/** Data that others published. Importing it takes seconds, so it is used only where it is named. */
export const DCLM = join(PUBLIC_DATA, 'dclm-expdb/exp_data');

/** Makes a working directory for commands: with the examples of the project, and data of others where it is here. */
export function workingDirectory(path: string): string {
  mkdirSync(path, { recursive: true });
  symlinkSync(join(root, 'examples'), join(path, 'examples'));
  if (existsSync(DCLM)) symlinkSync(DCLM, join(path, 'exp_data'));
  if (hasPublicData) symlinkSync(PUBLIC_DATA, join(path, 'public-data'));
  return path;
}

const BETWEEN = '--- next block ---';

type Session = { readonly directory: string; readonly folder: string; readonly prelude: string };

/** Runs blocks in one bash process in a folder, so that they share variables. Returns the output of each block. */
export async function runBlocks(
  texts: readonly string[],
  { directory, folder, prelude }: Session,
): Promise<string[]> {
  const script = [prelude, ...texts].join('\necho "$BETWEEN"\n');
  const env = { PATH: process.env['PATH'] ?? '', TRIBUTARY_DATA: directory, BETWEEN };
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env,
    maxBuffer: 1 << 26,
  });
  return stdout.split(`${BETWEEN}\n`).slice(1);
}

/** A pattern for expected output, in which `…` matches any text. */
export const pattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  );
