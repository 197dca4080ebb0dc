/**
 * How secret the value of a name is. `certain`: whatever it holds is a secret; `credential`: what stands behind a scheme
 * of HTTP is, and otherwise what looks random; `perhaps`: only what looks random.
 */
export type NameSecrecy = 'password' | 'certain' | 'credential' | 'perhaps';

const PASSWORD: ReadonlySet<string> = new Set(['passphrase', 'pwd']);

/** Ends of names, whatever is glued to their beginning: `PGPASSWORD`, `clientsecret`, `myapikey`. */
const PASSWORD_END = /(?:password|passwd)s?\d*$/i;
const CERTAIN_END =
  /(?:secret|(?:api|access|secret|private)[_-]?key|(?:api|auth|access|hub)[_-]?token)s?\d*$/i;

/** What stands before `key` or `token` where whatever they hold opens something. */
const CERTAIN_OF: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['key', wordSet('api access secret private auth wandb openai anthropic hf huggingface')],
  [
    'token',
    wordSet(
      'auth access hub api bearer refresh hf huggingface github gh gitlab slack wandb oauth oauth2 csrf npm pypi jwt databricks mlflow',
    ),
  ],
]);

/**
 * What stands before them where they may open something. A `user_token` may be one of a tokenizer, and a `google_key` a
 * column. `primary_key`, `sort_key`, `pad_token` and `next_token` never open anything.
 */
const PERHAPS_OF: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'key',
    wordSet(
      'signing encryption master account storage subscription azure gcp google github cohere mistral replicate neptune comet datadog sendgrid stripe',
    ),
  ],
  [
    'token',
    wordSet(
      'session security face bot personal deploy vault replicate account user admin login registry secret private write service neptune comet azure aws',
    ),
  ],
]);

/** What stands before `pass` where it is a password. `forward_pass` is none. */
const PASS_OF = wordSet(
  'db database user smtp mysql postgres pg redis mongo rabbitmq ftp admin root http proxy ldap mail',
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** The longest end of a name that is looked at. */
export const MOST_NAME = 128;

/** How secret the value of a name is, as the end of the name says; undefined where it does not say that. */
export function secrecyOf(name: string): NameSecrecy | undefined {
  const ending = name.slice(-MOST_NAME);
  if (PASSWORD_END.test(ending)) return 'password';
  if (CERTAIN_END.test(ending)) return 'certain';
  return secrecyOfWords(wordsOf(ending));
}

function secrecyOfWords(words: readonly string[]): NameSecrecy | undefined {
  const [before = '', last = ''] = [words.at(-2), words.at(-1)];
  if (PASSWORD.has(last) || (last === 'pass' && PASS_OF.has(before))) return 'password';
  if (last === 'authorization') return 'credential';
  if (last === 'token' && before === '') return 'perhaps';
  return secrecyOfKey(before, last.replace(/s$/, ''));
}

function secrecyOfKey(before: string, word: string): NameSecrecy | undefined {
  if (CERTAIN_OF.get(word)?.has(before)) return 'certain';
  return PERHAPS_OF.get(word)?.has(before) ? 'perhaps' : undefined;
}

/** Whether a name is of several values, or of their number: `api_keys`, `access_tokens`. */
export const isPlural = (name: string): boolean => /s\d*$/i.test(name);

/** The words of a name in lower case, without numbers at its end: `apiKey_2` has `api` and `key`. */
function wordsOf(name: string): string[] {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''));
  return words.filter((word) => word !== '');
}
