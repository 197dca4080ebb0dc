import type { CommandRow, OptionRow, Values } from './command-table.ts';

/** The completions of fish, to be read by `tributary completion fish | source`. */
export function fishCompletion(commands: readonly CommandRow[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return [
    '# fish completion of tributary',
    'complete -c tributary -f',
    ...commands.flatMap((command) => commandLines(command, names)),
  ].join('\n');
}

function commandLines({ name, description, options, values }: CommandRow, names: string): string[] {
  const within = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  const argument = valueFlags(values);
  return [
    `complete -c tributary -n ${quoted(`not __fish_seen_subcommand_from ${names}`)} -a ${name} -d ${quoted(description)}`,
    ...(argument === '' ? [] : [`complete -c tributary ${within} ${argument}`]),
    ...options.map((option) => `complete -c tributary ${within} ${optionFlags(option)}`),
  ];
}

function optionFlags({ flags, description, values }: OptionRow): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = values === undefined ? [] : ['-r', valueFlags(values)];
  return [...names, ...value, '-d', quoted(description)].filter((part) => part !== '').join(' ');
}

function valueFlags({ words, files }: Values): string {
  if (files) return '-F';
  return words.length > 0 ? `-a ${quoted(words.join(' '))}` : '';
}

/** A text as one word of fish, where a backslash escapes within single quotes. */
const quoted = (text: string): string =>
  `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
