import { quoted } from '../text/command-word.ts';
import type { CommandRow, OptionRow, Values } from './command-table.ts';

/** The completion function of zsh, to be read by `eval "$(tributary completion zsh)"` after `compinit`. */
export function zshCompletion(commands: readonly CommandRow[]): string {
  return `#compdef tributary
_tributary() {
  local -a commands options
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    return
  fi
  case "$words[2]" in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _tributary tributary`;
}

function commandCase({ name, options, values }: CommandRow): string {
  const described = options.flatMap(({ flags, description }) =>
    flags.map((flag) => `        ${quoted(`${flag}:${description}`)}`),
  );
  return `    ${name})
      case "$words[CURRENT-1]" in
${options.flatMap(optionCase).join('\n')}
        *)
          options=(
${described.join('\n')}
          )
          if [[ "$PREFIX" == -* ]]; then _describe -t options option options; else ${assigned(values)}; fi ;;
      esac ;;`;
}

const optionCase = ({ flags, values }: OptionRow): string[] =>
  values === undefined ? [] : [`        ${flags.join('|')}) ${assigned(values)} ;;`];

function assigned({ words, files }: Values): string {
  if (files) return '_files';
  return words.length > 0 ? `compadd -- ${words.map(quoted).join(' ')}` : ':';
}
