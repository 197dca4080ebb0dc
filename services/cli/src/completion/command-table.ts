import type { Argument, Command, Option } from 'commander';

/** What may stand where a value is expected: words, names of files, or anything. */
export type Values = { readonly words: readonly string[]; readonly files: boolean };

export type OptionRow = {
  /** `--json`, and `-h` where there is a short one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined for an option without a value. */
  readonly values: Values | undefined;
};

export type CommandRow = {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionRow[];
  /** The values of its first argument. */
  readonly values: Values;
};

/** Words that stand for values which have no fixed choices, by command and by command with option. */
type Suggestions = ReadonlyMap<string, readonly string[]>;

const NAMES_FILES = /file|path|directory|folder|backup/;

/** The commands with their options and the values of both, from the definitions that parse the command line. */
export function commandTable(program: Command, suggestions: Suggestions): CommandRow[] {
  const help = program.createHelp();
  return help.visibleCommands(program).map((command) => {
    const name = command.name();
    const [first] = command.registeredArguments;
    return {
      name,
      description: command.description(),
      options: help
        .visibleOptions(command)
        .map((option) => optionRow(option, suggestions.get(`${name} ${option.long ?? ''}`))),
      values: first ? valuesOf(first, first.name(), suggestions.get(name)) : { words: [], files: false },
    };
  });
}

function optionRow(option: Option, suggested: readonly string[] | undefined): OptionRow {
  const takesValue = option.required || option.optional;
  return {
    flags: [option.long, option.short].flatMap((flag) => flag ?? []),
    description: option.description,
    values: takesValue ? valuesOf(option, option.flags, suggested) : undefined,
  };
}

function valuesOf(
  { argChoices }: Pick<Argument | Option, 'argChoices'>,
  name: string,
  suggested: readonly string[] | undefined,
): Values {
  const words = argChoices ?? suggested ?? [];
  return { words, files: words.length === 0 && NAMES_FILES.test(name) };
}
