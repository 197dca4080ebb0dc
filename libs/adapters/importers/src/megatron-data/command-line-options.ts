/** An option of a command line with its values. */
export type Option = { readonly name: string; readonly values: readonly string[] };

const ASSIGNED = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"'()$`]+)/gm;
const NAMED = /^--([a-z][a-z0-9_-]*)(?:=(.*))?$/i;

/** Tokens that end a command, and with it the values of an option. */
const END = /^([|;&]+|\d?>{1,2}.*|2>&1|\)|\n)$/;

/** The options in a shell script. Continued lines, quotes and plain variables are resolved; nothing is executed. */
export function optionsOf(script: string): Option[] {
  const text = withoutComments(script).replace(/\\\r?\n/g, ' ');
  const variables = variablesIn(text);
  const options: { name: string; values: string[] }[] = [];
  let values: string[] | undefined;
  for (const token of tokensIn(withVariables(withVariables(text, variables), variables))) {
    const [, name, value] = NAMED.exec(token) ?? [];
    if (name !== undefined) {
      values = value ? value.split(/\s+/) : [];
      options.push({ name: name.replaceAll('_', '-'), values });
    } else if (END.test(token)) values = undefined;
    else values?.push(token);
  }
  return options;
}

const withoutComments = (text: string): string => text.replace(/(^|\s)#.*$/gm, '$1');

/** The variables that are set exactly once and not by a command substitution. */
function variablesIn(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string | undefined>();
  for (const [, name = '', value = ''] of text.matchAll(ASSIGNED)) {
    values.set(name, values.has(name) ? undefined : value.replace(/^["']|["']$/g, ''));
  }
  return new Map(
    [...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** Characters that variables may add to a script: one that is long and often named would fill the memory. */
const MOST_ADDED = 256 * 1024;

/** The text with the values of its variables, as far as they do not hold options and are not too long together. */
function withVariables(text: string, variables: ReadonlyMap<string, string>): string {
  const plain = new Map([...variables].filter(([, value]) => !value.includes('--')));
  let left = MOST_ADDED;
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const value = plain.get(braced ?? bare ?? '');
    if (value === undefined || value.length > left) return whole;
    left -= value.length;
    return value;
  });
}

/**
 * Splits a script into tokens. Quoted text and arrays are split as well. A line break ends a command except within
 * brackets or quotes.
 */
function tokensIn(text: string): string[] {
  const tokens: string[] = [];
  let brackets = 0;
  for (const [token] of text.matchAll(/"[^"]*"|'[^']*'|\n|\)|[^\s"'()]*\(|[^\s"'()]+/g)) {
    if (token.endsWith('(') && !/^["']/.test(token)) brackets += 1;
    else if (token === ')') {
      brackets = Math.max(0, brackets - 1);
      tokens.push(token);
    } else if (token !== '\n') for (const inner of unquotedTokens(token)) tokens.push(inner);
    else if (brackets === 0) tokens.push(token);
  }
  return tokens;
}

const unquotedTokens = (token: string): string[] =>
  token
    .replace(/^["']|["']$/g, '')
    .split(/\s+/)
    .filter((part) => part !== '');
