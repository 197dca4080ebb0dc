/** The languages whose grammars are shipped, with their file names and the names that fences use. */
const LANGUAGES = {
  bash: ['sh', 'bash', 'zsh', 'shell'],
  'c-sharp': ['cs', 'csharp', 'c#'],
  cpp: ['cpp', 'cc', 'cxx', 'hpp', 'hh', 'c++', 'c', 'h'],
  css: ['css'],
  go: ['go', 'golang'],
  ini: ['ini', 'cfg'],
  java: ['java'],
  javascript: ['js', 'mjs', 'cjs', 'jsx', 'javascript'],
  php: ['php'],
  powershell: ['ps1', 'psm1', 'powershell'],
  python: ['py', 'pyi', 'python', 'python3'],
  regex: ['regex'],
  ruby: ['rb', 'ruby'],
  rust: ['rs', 'rust'],
  tsx: ['tsx'],
  typescript: ['ts', 'mts', 'cts', 'typescript'],
} as const;

export type Language = keyof typeof LANGUAGES;

const BY_NAME: ReadonlyMap<string, Language> = new Map(
  languages().flatMap((language) => [language, ...LANGUAGES[language]].map((name) => [name, language])),
);

function languages(): Language[] {
  const isLanguage = (name: string): name is Language => Object.hasOwn(LANGUAGES, name);
  return Object.keys(LANGUAGES).filter(isLanguage);
}

/** The language of a name, of a fence or of the ending of a file; undefined if there is no grammar for it. */
export const languageNamed = (name: string): Language | undefined => BY_NAME.get(name.toLowerCase());

/** The language of a file by the ending of its name, without that of its compression. */
export function languageOfFile(path: string): Language | undefined {
  const name = path.toLowerCase().replace(/\.(gz|zst|zstd)$/, '');
  const ending = /\.([a-z0-9]+)$/.exec(name)?.[1];
  return ending === undefined ? undefined : languageNamed(ending);
}

/** Nodes at which the flow of a program branches, loops or catches, in all of these grammars. */
export const DECISIONS: ReadonlySet<string> = new Set([
  'if_statement',
  'if_expression',
  'elif_clause',
  'elseif_clause',
  'else_if_clause',
  'if_clause',
  'if',
  'elsif',
  'unless',
  'if_modifier',
  'unless_modifier',
  'while_modifier',
  'until_modifier',
  'for_statement',
  'for_in_statement',
  'for_range_loop',
  'foreach_statement',
  'enhanced_for_statement',
  'for_expression',
  'for_in_clause',
  'c_style_for_statement',
  'for',
  'while',
  'until',
  'while_statement',
  'while_expression',
  'do_statement',
  'loop_expression',
  'case_statement',
  'case_clause',
  'case_item',
  'switch_case',
  'switch_section',
  'switch_clause',
  'switch_rule',
  'switch_block_statement_group',
  'switch_expression_arm',
  'expression_case',
  'type_case',
  'communication_case',
  'match_arm',
  'match_conditional_expression',
  'when',
  'in_clause',
  'catch_clause',
  'except_clause',
  'except_group_clause',
  'rescue',
  'conditional_expression',
  'ternary_expression',
  'conditional',
]);

/** Tokens that branch within an expression. */
export const BRANCHING_OPERATORS: ReadonlySet<string> = new Set(['&&', '||', '??', 'and', 'or']);
