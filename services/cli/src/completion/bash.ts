import { quoted } from '../text/command-word.ts';
import type { CommandRow, OptionRow, Values } from './command-table.ts';

/** The completion function of bash 3.2 or later, to be read by `eval "$(tributary completion bash)"`. */
export function bashCompletion(commands: readonly CommandRow[]): string {
  return `# bash completion of tributary
_tributary() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local words="" files=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted([...commands.map(({ name }) => name), '--help', '--version'].join(' '))}
  else
    case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
    esac
  fi
  if [ -n "$files" ]; then
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  fi
}
complete -F _tributary tributary`;
}

function commandCase({ name, options, values }: CommandRow): string {
  const flags = options.flatMap((option) => option.flags).join(' ');
  return `      ${name})
        case "$before" in
${options.flatMap(optionCase).join('\n')}
          *)
            case "$word" in
              -*) words=${quoted(flags)} ;;
              *) ${assigned(values)} ;;
            esac ;;
        esac ;;`;
}

const optionCase = ({ flags, values }: OptionRow): string[] =>
  values === undefined ? [] : [`          ${flags.join('|')}) ${assigned(values)} ;;`];

const assigned = ({ words, files }: Values): string =>
  files ? 'files=1' : `words=${quoted(words.join(' '))}`;
