import { isPlural } from './secret-name.ts';
import type { NameSecrecy } from './secret-name.ts';

/** Words and marks that stand where a secret would, as a whole. */
const PLACEHOLDER =
  /^(?:none|null|nil|undefined|true|false|yes|no|on|off|str|string|bytes|text|required|optional|disabled|enabled|changeme|example|todo|n\/a|hidden|masked|\**|x{3,}|\.{3,}|-+|<[^<>]*>|your(?:[ _-][a-z]+){0,3}[ _-](?:key|token|secret|password)(?:[ _-]here)?)$/i;

/** References to a variable, as a whole. `$ecret99` is none. */
const REFERENCE =
  /^(?:\$[A-Z_][A-Z0-9_]*|\$\{[^{}]*\}|\$\{\{[^{}]*\}\}|\$\([^()]*\)|\{\{[^{}]*\}\}|%\([^()]*\)s|%[A-Z_][A-Z0-9_]*%|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:\S+)$/;

/** References that a program or a script writes without quotes; words with digits may be secrets. */
const BARE_REFERENCE =
  /^(?:\$[a-z_]+|\$[({].*|(?:os|process|self|args|config|cfg|conf|settings|secrets|env)(?:\.[a-z_]+)+)$/i;

const REDACTED = /^\[redacted:[a-z_]{1,32}(?:\]|$)/;

const LEAST = 4;
/** Of passwords, which may be short. */
const LEAST_PASSWORD = 3;
const LEAST_RANDOM = 16;
/** Longer credentials are known by their form. */
const MOST_RANDOM = 512;

/** What stands before a credential of HTTP. */
const SCHEME = /^(?:bearer|basic|token|digest|apikey)[ \t]{1,8}(?=\S)/i;

/** A value as it stands in a text; a member of JSON is quoted. */
type GivenValue = {
  readonly text: string;
  readonly isQuoted: boolean;
  /** Whether a scheme of HTTP stands before it. */
  readonly isCredential?: boolean;
};

/** Whether a value is a secret, of a name with this secrecy. */
export function isSecretValue(
  secrecy: NameSecrecy,
  name: string,
  { text, isQuoted, isCredential = false }: GivenValue,
): boolean {
  if (secrecy === 'perhaps' && text.length > MOST_RANDOM) return false;
  const value = text.replace(SCHEME, '');
  if (isPlaceholder(value, isQuoted) || isCount(name, value)) return false;
  if (secrecy === 'password') return value.length >= LEAST_PASSWORD && !isWorkingDirectory(name, value);
  return !/\s/.test(value) && isKey(secrecy, value, isCredential || value !== text);
}

function isKey(secrecy: NameSecrecy, value: string, isAfterScheme: boolean): boolean {
  const isAny = secrecy === 'certain' || (secrecy === 'credential' && isAfterScheme);
  return isAny ? value.length >= LEAST : looksRandom(value);
}

const isCount = (name: string, value: string): boolean => isPlural(name) && /^\d+$/.test(value);

const isPlaceholder = (value: string, isQuoted: boolean): boolean =>
  PLACEHOLDER.test(value) ||
  REFERENCE.test(value) ||
  REDACTED.test(value) ||
  (!isQuoted && BARE_REFERENCE.test(value));

/** The variable PWD of a shell is a path. */
const isWorkingDirectory = (name: string, value: string): boolean =>
  /^(?:old)?pwd$/i.test(name) && /^\/[\w./-]*$/.test(value);

/** Both cases and digits, and no words with points and colons between them, or a long hexadecimal number. */
const looksRandom = (value: string): boolean =>
  value.length >= LEAST_RANDOM &&
  (/^[0-9a-f]{32,}$/i.test(value) ||
    (/^[\w+/=-]+$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)));
