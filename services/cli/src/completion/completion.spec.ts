import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CliContext } from '../context.ts';
import { examplesOf } from '../examples.ts';
import { programFor, run } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function tributary(...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(['node', 'tributary', ...words], contextOf(out, err));
  return { code, out: out.join(''), err: err.join('') };
}

const contextOf = (out: string[] = [], err: string[] = []): CliContext => ({
  print: (text) => void out.push(text),
  report: (text) => void err.push(text),
  interactive: false,
  directory: join(folder, 'data'),
  environment: {},
  onSignal: () => undefined,
  exitNow: () => undefined,
});

/** The program with commands that do nothing when their line was parsed. */
function parserOnly(): Command {
  const program = programFor(contextOf(), () => undefined);
  for (const command of program.commands) command.action(() => undefined);
  return program;
}

const commands = parserOnly().commands.map((command) => command.name());

describe('the help', () => {
  it.each(commands)('of %s is reached by --help and shows examples', async (name) => {
    const { code, out } = await tributary(name, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: tributary ${name}`);
    expect(out).toContain(`Examples:\n  `);
    expect((await tributary('help', name)).out).toBe(out);
  });

  const examples = commands.flatMap((name) => examplesOf(name));
  it.each(examples)('has an example that the parser of the command accepts: %s', async (line) => {
    const words = wordsOf(line);
    await expect(parserOnly().parseAsync(['node', ...words])).resolves.toBeDefined();
  });

  it('is tested by a parser that refuses what is wrong', async () => {
    await expect(parserOnly().parseAsync(['node', ...wordsOf('tributary run a --bye')])).rejects.toThrow(
      '--bye',
    );
  });
});

/** The words of a command line from `tributary` on, up to a pipe or a file that the shell writes. */
function wordsOf(line: string): string[] {
  const command = line.slice(line.indexOf('tributary')).replace(/\)"$/, '');
  const words = command.match(/"[^"]*"|[^\s"]+/g) ?? [];
  const end = words.findIndex((word) => word === '>' || word === '|');
  return words.slice(0, end < 0 ? words.length : end).map((word) => word.replaceAll('"', ''));
}

describe('the completion of bash', () => {
  const script = join(folder, 'completion.bash');
  beforeAll(async () => {
    const { out } = await tributary('completion', 'bash');
    writeFileSync(script, out);
    writeFileSync(join(folder, 'a file.csv'), '');
  });

  /** What bash offers for the last word of a line. */
  function offered(...words: string[]): string[] {
    const program = `source ${script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tributary; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', program, 'bash', 'tributary', ...words], {
      encoding: 'utf8',
      cwd: folder,
    });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  }

  it('offers every command, and those that begin as the word', () => {
    expect(offered('')).toEqual([...commands, 'help', '--help', '--version']);
    expect(offered('exp')).toEqual(['exposure', 'experiments']);
  });

  it('offers the options of a command, and no others', () => {
    const options = offered('exposure', 'run-1', '--');
    expect(options).toEqual(expect.arrayContaining(['--by', '--diff', '--json', '--help']));
    expect(options).not.toContain('--dry-run');
  });

  it('offers the choices of an option and of an argument, and files where files are named', () => {
    expect(offered('exposure', 'run-1', '--by', 's')).toEqual(['slice', 'shard', 'source']);
    expect(offered('import', 'x', '--as', 'nanogpt')).toEqual(['nanogpt-console']);
    expect(offered('list', 'run')).toEqual(['runs']);
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered('import', 'a')).toEqual(['a file.csv']);
    expect(offered('map', '')).toContain('completion.bash');
  });

  it('offers nothing where only the user knows the value', () => {
    expect(offered('run', '')).toEqual([]);
    expect(offered('exposure', 'a', '--step', '')).toEqual([]);
    expect(offered('frobnicate', '')).toEqual([]);
  });
});

describe.each(['zsh', 'fish'])('the completion of %s', (language) => {
  it('names every command and option, and quotes what descriptions hold', async () => {
    const { code, out } = await tributary('completion', language);
    expect(code).toBe(0);
    for (const name of commands) expect(out).toContain(name);
    for (const option of ['skip-ambiguous', 'allow-rejects', 'max-neighbours']) expect(out).toContain(option);
    expect(out).toContain(language === 'zsh' ? `'\\''Dirichlet` : `\\'Dirichlet`);
  });

  const isInstalled = spawnSync(language, ['--version']).status === 0;
  it.skipIf(!isInstalled)(`is read without an error (needs ${language})`, async () => {
    const { out } = await tributary('completion', language);
    const script = join(folder, `completion.${language}`);
    writeFileSync(script, out);
    expect(spawnSync(language, ['-n', script], { encoding: 'utf8' }).stderr).toBe('');
  });
});

it('refuses a shell that it does not know, and names the others', async () => {
  const { code, err } = await tributary('completion', 'tcsh');
  expect(code).toBe(2);
  expect(err).toContain('Allowed choices are bash, zsh, fish');
});
