/** A part of a JSON text that is no white space, punctuation or constant; or where a container begins or ends. */
export type Token = {
  readonly kind: 'key' | 'text' | 'number' | 'object' | 'array' | 'end';
  readonly start: number;
  readonly end: number;
};

const [QUOTE, BACKSLASH, COMMA, MINUS] = [0x22, 0x5c, 0x2c, 0x2d];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The tokens of a text that is valid JSON, in order. Depth and length have no bound but memory. */
export function* jsonTokens(text: string): Generator<Token> {
  const isObject: boolean[] = [];
  let isKey = false;
  for (let start = 0; start < text.length;) {
    const sent = text.charCodeAt(start);
    let end = start + 1;
    if (sent === QUOTE) {
      end = textEnd(text, start);
      yield { kind: isKey ? 'key' : 'text', start, end };
      isKey = false;
    } else if (sent === MINUS || isDigit(sent)) {
      end = numberEnd(text, start);
      yield { kind: 'number', start, end };
    } else if (sent === OPEN_OBJECT || sent === OPEN_ARRAY) {
      isKey = sent === OPEN_OBJECT;
      isObject.push(isKey);
      yield { kind: isKey ? 'object' : 'array', start, end };
    } else if (sent === CLOSE_OBJECT || sent === CLOSE_ARRAY) {
      isObject.pop();
      yield { kind: 'end', start, end };
    } else if (sent === COMMA) isKey = isObject.at(-1) === true;
    start = end;
  }
}

/** The text that a token of a text or a key stands for. */
export function textOf(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1);
  const decoded: unknown = JSON.parse(token);
  return String(decoded);
}

function textEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length && text.charCodeAt(at) !== QUOTE; at += 1)
    if (text.charCodeAt(at) === BACKSLASH) at += 1;
  return at + 1;
}

function numberEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end += 1;
  return end;
}

const isDigit = (sent: number): boolean => sent >= 0x30 && sent <= 0x39;

/** Digits, point, sign and exponent. */
const isOfNumber = (sent: number): boolean =>
  isDigit(sent) || sent === 0x2e || sent === MINUS || sent === 0x2b || sent === 0x65 || sent === 0x45;
