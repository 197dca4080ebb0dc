import type { NameSecrecy } from './secret-name.ts';

/** What stands where a secret would: nothing, a type, a word to replace, a reference to a variable, a mask. */
const PLACEHOLDER =
  /^(?:none|null|nil|undefined|true|false|yes|no|on|off|str|string|bytes|text|required|optional\b.*|your\W.*|your_.*|changeme|example|todo|n\/a|hidden|masked|\**|x{3,}|\.{3,}|-+|<.*|\[redacted:.*|\$[a-z_]\w*|\$[{(].*|\{\{.*|%\(.*|%\w+%|(?:os|process|self|args|config|cfg|conf|settings|secrets|env|vault)[.:].*|arn:.*)$/i;

const PATH = /^(?:~|\.{1,2})?\//;
const LEAST = 4;
/** Of passwords, which may be short. */
const LEAST_PASSWORD = 3;
const LEAST_RANDOM = 20;

/** What stands before a credential of HTTP. */
const SCHEME = /^(?:bearer|basic|token|digest|apikey)[ \t]{1,8}(?=\S)/i;

/** Whether a value is a secret, of a name with this secrecy. */
export function isSecretValue(secrecy: NameSecrecy, given: string): boolean {
  const value = given.replace(SCHEME, '');
  if (PLACEHOLDER.test(value)) return false;
  if (secrecy === 'password') return value.length >= LEAST_PASSWORD && !isWorkingDirectory(value);
  if (/\s/.test(value) || PATH.test(value)) return false;
  return secrecy === 'certain' ? value.length >= LEAST : looksRandom(value);
}

/** The variable PWD of a shell is a path. */
const isWorkingDirectory = (value: string): boolean => /^\/[\w./-]*$/.test(value);

/** Both cases and digits, and no words with points and colons between them. */
const looksRandom = (value: string): boolean =>
  value.length >= LEAST_RANDOM &&
  /^[\w+/=-]+$/.test(value) &&
  /\d/.test(value) &&
  /[a-z]/.test(value) &&
  /[A-Z]/.test(value);
