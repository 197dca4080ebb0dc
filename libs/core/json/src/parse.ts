import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  END,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  Tokeniser,
  WORD,
  ZERO,
} from './tokens.ts';

/** The values of the literals that a text may hold. */
export type Literals = ReadonlyMap<string, unknown>;

const JSON_LITERALS: Literals = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

type Members = Record<string, unknown>;
type Container = { readonly value: Members | unknown[]; key: string };

/**
 * The value of a JSON text in UTF-8, as JSON.parse gives it. `literals` may name more than true, false and null.
 * Throws SyntaxError with the byte at which the text stops being JSON. Deep nesting does not overflow the stack.
 */
export function parseJson(bytes: Buffer, literals: Literals = JSON_LITERALS): unknown {
  const tokens = new Tokeniser(bytes);
  const open: Container[] = [];
  tokens.next();
  for (;;) {
    const value = close(tokens, open, begin(tokens, open, literals));
    if (value === OPENED) continue;
    if (tokens.next() === END) return value;
    throw unexpected(tokens);
  }
}

/** Adds a complete value to the containers that it completes. The outermost value, or OPENED where more values follow. */
function close(tokens: Tokeniser, open: Container[], complete: unknown): unknown {
  let value = complete;
  for (let inside = open.at(-1); inside && value !== OPENED; inside = open.at(-1)) {
    add(inside, value);
    if (continues(tokens, inside)) return OPENED;
    ({ value } = inside);
    open.pop();
  }
  return value;
}

const OPENED = Symbol('a container has opened');

/** The value that begins at the present token; OPENED for a container that is not empty. */
function begin(tokens: Tokeniser, open: Container[], literals: Literals): unknown {
  switch (tokens.kind) {
    case OPEN_ARRAY:
      if (tokens.next() === CLOSE_ARRAY) return [];
      open.push({ value: [], key: '' });
      return OPENED;
    case OPEN_OBJECT:
      if (tokens.next() === CLOSE_OBJECT) return {};
      open.push({ value: {}, key: keyAt(tokens) });
      return OPENED;
    case QUOTE:
      return stringAt(tokens);
    case ZERO:
      return Number(textAt(tokens));
    case WORD: {
      const word = textAt(tokens);
      if (literals.has(word)) return literals.get(word);
      throw unexpected(tokens);
    }
    default:
      throw unexpected(tokens);
  }
}

function add({ value, key }: Container, item: unknown): void {
  if (Array.isArray(value)) value.push(item);
  else if (key === '__proto__')
    Object.defineProperty(value, key, { value: item, enumerable: true, configurable: true, writable: true });
  else value[key] = item;
}

/** Whether another value follows in the container; its first token is read then. */
function continues(tokens: Tokeniser, container: Container): boolean {
  const isArray = Array.isArray(container.value);
  const kind = tokens.next();
  if (kind === (isArray ? CLOSE_ARRAY : CLOSE_OBJECT)) return false;
  if (kind !== COMMA) throw unexpected(tokens);
  tokens.next();
  if (!isArray) container.key = keyAt(tokens);
  return true;
}

function keyAt(tokens: Tokeniser): string {
  if (tokens.kind !== QUOTE) throw unexpected(tokens);
  const key = stringAt(tokens);
  if (tokens.next() !== COLON) throw unexpected(tokens);
  tokens.next();
  return key;
}

export const textAt = ({ bytes, start, end }: Tokeniser): string => bytes.toString('utf8', start, end);

/** The value of the string that the tokeniser has just read. */
export const stringAt = (tokens: Tokeniser): string =>
  tokens.isEscaped
    ? String(JSON.parse(textAt(tokens)))
    : tokens.bytes.toString('utf8', tokens.start + 1, tokens.end - 1);

function unexpected({ bytes, start, end, kind }: Tokeniser): SyntaxError {
  if (kind === END) return new SyntaxError('the JSON text ends within a value');
  const found = bytes.toString('utf8', start, Math.min(end, start + 20));
  return new SyntaxError(`unexpected ${JSON.stringify(found)} at byte ${start} of the JSON text`);
}
