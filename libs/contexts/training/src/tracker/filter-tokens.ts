import { Fault } from '@tributary/kernel';

export type Token =
  | {
      readonly kind: 'name';
      readonly text: string;
      /** For a name with a dot: the part before the first dot, and the key after it, both without quotes. */
      readonly path?: { readonly prefix: string; readonly key: string };
    }
  | { readonly kind: 'operator' | 'number' | 'text' | 'mark'; readonly text: string };

/** Tried in this order. Parts of a name may be quoted with backticks or double quotes; after the first dot other characters are allowed. */
const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['operator', /(?:!=|<>|>=|<=|=|>|<)/y],
  ['number', /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/y],
  ['text', /'(?:[^'\\]|\\.|'')*'/y],
  ['mark', /[(),]/y],
  ['name', /(?:`[^`]*`|"[^"]*"|[\w$-]+)(?:\.(?:`[^`]*`|"[^"]*"|[^\s!=<>(),'"`]+))?/y],
];

/** Splits a filter into tokens. A double-quoted word without a dot is a string. Throws Fault `filter_invalid`. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = skipBlanks(text, 0); at < text.length;) {
    const [token, end] = tokenAt(text, at);
    tokens.push(token);
    at = skipBlanks(text, end);
  }
  return tokens;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at += 1;
  return at;
}

function tokenAt(text: string, at: number): readonly [Token, number] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [tokenOf(kind, found), at + found.length];
  }
  throw new Fault(
    'filter_invalid',
    `syntax error in the filter at ${JSON.stringify(text.slice(at, at + 40))}`,
  );
}

function tokenOf(kind: Token['kind'], text: string): Token {
  switch (kind) {
    case 'text':
      return {
        kind,
        text: text
          .slice(1, -1)
          .replaceAll("''", "'")
          .replaceAll(/\\(['\\])/g, '$1'),
      };
    case 'name':
      return nameOf(text);
    case 'operator':
      return { kind, text: text === '<>' ? '!=' : text };
    case 'number':
    case 'mark':
      return { kind, text };
  }
}

function nameOf(text: string): Token {
  const [, prefix = '', key] = /^(`[^`]*`|"[^"]*"|[^.]*)(?:\.(.*))?$/s.exec(text) ?? [];
  if (key !== undefined)
    return { kind: 'name', text, path: { prefix: unquoted(prefix), key: unquoted(key) } };
  if (prefix.startsWith('"')) return { kind: 'text', text: unquoted(prefix) };
  return { kind: 'name', text: unquoted(prefix) };
}

const unquoted = (text: string): string => (/^(["`]).*\1$/s.test(text) ? text.slice(1, -1) : text);
