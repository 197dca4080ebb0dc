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

/** A negative exponent, as of a literal that may be too small for a Float64. One that is too large is not finite. */
const SMALL = /[:[,]\s*-?[\d.]+[eE]-/;

/**
 * Whether a JSON text may hold what only the strict scan can judge: inexact numbers, escaped NULs and surrogates.
 * A number of at most 15 digits is exact, so the question is whether a long run of digits occurs.
 */
export const needsStrictScan = (text: string): boolean =>
  hasLongNumber(text) || ((text.includes('e-') || text.includes('E-')) && SMALL.test(text)) || text.includes('\\u');

const LONG = 16;

/** A run of 16 digits covers a place that 16 divides, so looking at those places is enough. */
function hasLongNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    let end = at;
    while (isDigit(text.charCodeAt(start - 1))) start -= 1;
    while (isDigit(text.charCodeAt(end + 1))) end += 1;
    if (end - start + 1 >= LONG) return true;
  }
  return false;
}

/** 0 to 9 or the decimal point. NaN, as beyond the text, is neither. */
const isDigit = (code: number): boolean => (code >= 48 && code <= 57) || code === 46;
