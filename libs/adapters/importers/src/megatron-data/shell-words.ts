/** An option of a command line and the words behind it. */
export type Option = { readonly name: string; readonly values: readonly string[] };

const ASSIGNED = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"'()$`]+)/gm;
const NAMED = /^--([a-z][a-z0-9_-]*)(?:=(.*))?$/i;

/** Ends of a command: what comes then is no word of the option any more. */
const END = /^([|;&]+|\d?>{1,2}.*|2>&1|\)|\n)$/;

/** Options of a script: backslashes at line ends, quotes and plain variables are the shell's; nothing is run. */
export function optionsOf(script: string): Option[] {
  const text = withoutComments(script).replace(/\\\r?\n/g, ' ');
  const variables = variablesIn(text);
  const options: { name: string; values: string[] }[] = [];
  let open: string[] | undefined;
  for (const word of tokensIn(withVariables(withVariables(text, variables), variables))) {
    const [, name, value] = NAMED.exec(word) ?? [];
    if (name !== undefined) {
      open = value ? value.split(/\s+/) : [];
      options.push({ name: name.replaceAll('_', '-'), values: open });
    } else if (END.test(word)) open = undefined;
    else open?.push(word);
  }
  return options;
}

const withoutComments = (text: string): string => text.replace(/(^|\s)#.*$/gm, '$1');

/** Values of variables that are set once, and not by a program. */
function variablesIn(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string | undefined>();
  for (const [, name = '', value = ''] of text.matchAll(ASSIGNED)) {
    values.set(name, values.has(name) ? undefined : value.replace(/^["']|["']$/g, ''));
  }
  return new Map(
    [...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

const withVariables = (text: string, variables: ReadonlyMap<string, string>): string =>
  text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const value = variables.get(braced ?? bare ?? '');
    return value === undefined || value.includes('--') || value.length > 100_000 ? whole : value;
  });

/**
 * Words, where options in quotes and in brackets count as if they stood alone. A line ends a command, but not within
 * brackets or quotes.
 */
function tokensIn(text: string): string[] {
  const words: string[] = [];
  let brackets = 0;
  for (const [token] of text.matchAll(/"[^"]*"|'[^']*'|\n|\)|[^\s"'()]*\(|[^\s"'()]+/g)) {
    if (token.endsWith('(') && !/^["']/.test(token)) brackets += 1;
    else if (token === ')') {
      brackets = Math.max(0, brackets - 1);
      words.push(token);
    } else if (token === '\n') words.push(...(brackets > 0 ? [] : [token]));
    else words.push(...unquotedTokens(token));
  }
  return words;
}

const unquotedTokens = (token: string): string[] =>
  token
    .replace(/^["']|["']$/g, '')
    .split(/\s+/)
    .filter((part) => part !== '');
