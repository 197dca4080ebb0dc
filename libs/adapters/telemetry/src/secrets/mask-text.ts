export const MASK = '***';

const NAME =
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|authorization|credential|sasl|cookie|signature|(?:api|access|private)[_-]?key|(?<![a-z])(?:key|auth|pass)(?![a-z]))[\w.-]*["']?\s*[=:]\s*/
    .source;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/.source;
/** Of an HTTP header, wherever it is quoted. */
const HEADER = /\b(?:bearer|basic)\s+(?<secret>\S+)/dgi;

/** In running text a secret ends at a space. User and password go together, since some services take a token as user. */
const IN_TEXT = [
  new RegExp(`${NAME}(?<secret>(?:${QUOTED}|(?:bearer|basic)\\s+)?[^\\s&#]*)`, 'dgi'),
  HEADER,
  /:\/\/(?<secret>\S*)@/dg,
  // From where a run of such characters starts, so that a long one is not tried from each of its places.
  /(?<![^\s/:@"'])(?<secret>[^\s/:@"']+:(?!\/\/)\S*)@/dg,
];

/** The value of a setting is one thing: what looks like a password may hold spaces. */
const IN_SETTING = [
  new RegExp(`${NAME}(?<secret>[^&#]+)`, 'dgi'),
  HEADER,
  /:\/\/(?<secret>[^]*)@/dg,
  /^(?<secret>[^/:@]+:(?!\/\/)[^]*)@/dg,
];

/** A message or a value in it, with credentials in addresses, assignments and HTTP schemes masked. */
export const maskText = (text: string): string => masked(text, IN_TEXT);

/** A value of a configuration: as `maskText`, but rather too much than too little. */
export const maskSetting = (text: string): string => masked(text, IN_SETTING);

/** All patterns look at the text as it came, since a mask put in by one could hide from the next where a secret ends. */
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

const SHOWN = 256;
const LOOKED_AT = 4096;
/** Characters that move a terminal's cursor or end a line, other than those that JSON escapes. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029]/g;

/** Masked, then cut to `shown` characters. The cut comes last, since half an address no longer shows that it holds a password. */
export function shortText(text: string, shown = SHOWN): string {
  const whole = text.length <= LOOKED_AT;
  const looked = whole ? text : text.slice(0, LOOKED_AT).replace(/\S*$/, '');
  const safe = maskText(looked).replaceAll(UNPRINTABLE, ' ');
  return whole && safe.length <= shown ? safe : `${safe.slice(0, shown)}…`;
}
