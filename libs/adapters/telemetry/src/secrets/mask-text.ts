export const MASK = '***';

const NAME =
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|authorization|credential|sasl|cookie|signature|(?:api|access|private)[_-]?key|(?<![a-z])(?:key|auth|pass)(?![a-z]))[\w.-]*["']?\s*[=:]\s*/
    .source;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/.source;
/** Credentials of an HTTP header. */
const HEADER = /\b(?:bearer|basic)\s+(?<secret>\S+)/dgi;

/** In text a secret ends at a space. User and password are masked together, because some services use a token as user. */
const IN_TEXT = [
  new RegExp(`${NAME}(?<secret>(?:${QUOTED}|(?:bearer|basic)\\s+)?[^\\s&#]*)`, 'dgi'),
  HEADER,
  /:\/\/(?<secret>\S*)@/dg,
  // Anchored at the start of such a run of characters, so that a long run is not matched from each of its characters.
  /(?<![^\s/:@"'])(?<secret>[^\s/:@"']+:(?!\/\/)\S*)@/dg,
];

/** A setting is a single value, so a password in it may contain spaces. */
const IN_SETTING = [
  new RegExp(`${NAME}(?<secret>[^&#]+)`, 'dgi'),
  HEADER,
  /:\/\/(?<secret>[^]*)@/dg,
  /^(?<secret>[^/:@]+:(?!\/\/)[^]*)@/dg,
];

/** Masks the credentials in a message: in URLs, in assignments and in HTTP authentication. */
export const maskText = (text: string): string => masked(text, IN_TEXT);

/** Like `maskText` for a value of a configuration. If in doubt, it masks more. */
export const maskSetting = (text: string): string => masked(text, IN_SETTING);

/** All patterns match the original text, because the mask of one could hide the end of a secret from the next. */
function masked(text: string, patterns: readonly RegExp[]): string {
  const found = patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => match.indices?.groups?.['secret'] ?? ([0, 0] as const))
    .toSorted(([left], [right]) => left - right);
  let shown = '';
  let end = 0;
  for (const [from, to] of found) {
    if (to > from && from >= end) shown += text.slice(end, from) + MASK;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}

const MAX_LENGTH = 256;
const MAX_SCANNED = 4096;
/** Characters that control a terminal or end a line, and that JSON does not escape. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029]/g;

/** Masks a text, then truncates it to `shown` characters. It is truncated last, because half a URL hides that it has a password. */
export function shortText(text: string, shown = MAX_LENGTH): string {
  const whole = text.length <= MAX_SCANNED;
  const looked = whole ? text : text.slice(0, MAX_SCANNED).replace(/\S*$/, '');
  const safe = maskText(looked).replaceAll(UNPRINTABLE, ' ');
  return whole && safe.length <= shown ? safe : `${safe.slice(0, shown)}…`;
}
