import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { addAttribute } from './commands/attribute.ts';
import { addDeadLetters } from './commands/dead-letters.ts';
import { addExposure } from './commands/exposure.ts';
import { addImport } from './commands/import.ts';
import { addLineage } from './commands/lineage.ts';
import { addPredict } from './commands/predict.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addRun } from './commands/run.ts';
import { addServe } from './commands/serve.ts';
import { addSource } from './commands/source.ts';
import { addStatus } from './commands/status.ts';
import type { CliContext } from './shell.ts';

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** Adds a command that has the options of all commands. */
export type AddCommand = (name: string, description: string) => Command;

/** `setCode` takes the exit code of a command that ends well but not with 0. */
export function programFor(shell: CliContext, setCode: (code: number) => void): Command {
  const program = new Command('tributary')
    .version(version)
    .description('Lineage, provenance and attribution for the data of language models.')
    .configureOutput({ writeOut: shell.print, writeErr: shell.report })
    .exitOverride();
  const add: AddCommand = (name, description) =>
    program
      .command(name)
      .description(description)
      .addOption(new Option('--json', 'print the answer as JSON (schemas/answers)'))
      .addOption(
        new Option('--data <directory>', 'data directory (or TRIBUTARY_DATA)').default(shell.directory),
      )
      .addOption(new Option('--url <url>', 'ask this server instead of the one of the data directory'))
      .addOption(new Option('--quiet', 'no progress and no hints'));
  addServe(add, shell);
  addImport(add, shell, setCode);
  addSource(add, shell);
  addExposure(add, shell);
  addAttribute(add, shell);
  addPredict(add, shell);
  addStatus(add, shell);
  addDeadLetters(add, shell, setCode);
  addRun(add, shell);
  addLineage(add, shell);
  addRebuild(add, shell, setCode);
  return program;
}
