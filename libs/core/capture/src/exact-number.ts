/** Whether a JSON number literal prints again as the same decimal: 0.30000000000000004 does, 9007199254740993 does not. */
export function isExactNumber(literal: string): boolean {
  const number = Number(literal);
  if (!Number.isFinite(number)) return false;
  const printed = String(number);
  return printed === literal || decimal(printed) === decimal(literal);
}

/** Significant digits and the power of ten of the last one, the same text for equal values. */
function decimal(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${mantissa.startsWith('-') ? '-' : ''}${significant}e${power}`;
}

/**
 * Whether a JSON text may hold what only the strict scan can judge: inexact numbers, escaped NULs and surrogates.
 * A number of at most 15 digits is exact, so the question is whether a long run of digits occurs.
 */
export const needsStrictScan = (text: string): boolean =>
  hasLongNumber(text) || hasSmallNumber(text, 'e-') || hasSmallNumber(text, 'E-') || text.includes('\\u');

const LONG = 16;

/** A run of 16 digits covers two neighbouring places that 8 divides, so only those need a closer look. */
function hasLongNumber(text: string): boolean {
  const stride = LONG / 2;
  for (let at = stride; at < text.length; at += stride) {
    const candidate = isDigit(text.charCodeAt(at - stride)) && isDigit(text.charCodeAt(at));
    if (candidate && runThrough(text, at) >= LONG) return true;
  }
  return false;
}

/** Length of the run of digits that goes through a place. */
function runThrough(text: string, at: number): number {
  let start = at;
  let end = at + 1;
  while (isDigit(text.charCodeAt(start - 1))) start -= 1;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end - start;
}

/**
 * A literal of at most 15 digits is exact unless its exponent has three digits: it may be too small for a Float64.
 * (One that is too large is not finite.) What follows tells it from a piece of a UUID.
 */
function hasSmallNumber(text: string, exponent: string): boolean {
  for (let at = text.indexOf(exponent); at >= 0; at = text.indexOf(exponent, at + 1)) {
    let end = at + 2;
    while (isDigit(text.charCodeAt(end))) end += 1;
    if (end - at >= 5 && isDigit(text.charCodeAt(at - 1)) && ' \t\r\n,]}'.includes(text.charAt(end)))
      return true;
  }
  return false;
}

/** 0 to 9 or the decimal point. NaN, as beyond the text, is neither. */
const isDigit = (code: number): boolean => (code >= 48 && code <= 57) || code === 46;
