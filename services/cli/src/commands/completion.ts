import { Argument } from 'commander';
import type { Command } from 'commander';
import { importers } from '@tributary/importers';
import { bashCompletion } from '../completion/bash.ts';
import { commandTable } from '../completion/command-table.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { CliContext } from '../context.ts';
import { kindWords } from '../entity-kinds.ts';
import type { AddCommand } from '../program.ts';

const SHELLS = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
]);

/** Values that have other spellings too, or are one of many parts of a value. */
const SUGGESTIONS = new Map([
  ['import --as', [...importers.map(({ kind }) => kind), 'events']],
  ['list', kindWords],
  ['search --kinds', kindWords],
]);

/** `program` has all commands when the completion is printed. */
export function addCompletion(add: AddCommand, context: CliContext, program: Command): void {
  add('completion', 'print the completion of commands, options and values for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices([...SHELLS.keys()]))
    .action((name: string) => {
      const text = SHELLS.get(name)?.(commandTable(program, SUGGESTIONS)) ?? '';
      context.print(`${text}\n`);
    });
}
