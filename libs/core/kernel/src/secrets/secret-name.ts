/** `certain`: whatever such a member holds is a secret; `perhaps`: only what looks like one. */
export type NameSecrecy = 'password' | 'certain' | 'perhaps';

const PASSWORD: ReadonlySet<string> = new Set(['password', 'passwd', 'passphrase', 'pwd']);
const CERTAIN: ReadonlySet<string> = new Set([
  'secret',
  'apikey',
  'apitoken',
  'secretkey',
  'accesskey',
  'privatekey',
  'authtoken',
  'accesstoken',
  'authorization',
]);

/** What stands before `key` where it opens something. `primary_key` and `sort_key` open nothing. */
const KEY_OF: ReadonlySet<string> = new Set(
  'api access secret private auth signing encryption master account storage subscription wandb openai anthropic hf huggingface azure gcp google github cohere mistral replicate neptune comet datadog sendgrid stripe'.split(
    ' ',
  ),
);

/** What stands before `token` where it opens something. `pad_token`, `eos_token` and `next_token` are of a tokenizer. */
const TOKEN_OF: ReadonlySet<string> = new Set(
  'auth access hub api bearer refresh session security hf huggingface face github gh gitlab slack wandb bot personal deploy oauth oauth2 csrf vault npm pypi replicate account user admin login jwt registry secret private write service neptune comet mlflow databricks azure aws'.split(
    ' ',
  ),
);

const OPENS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['key', KEY_OF],
  ['token', TOKEN_OF],
]);

/** What stands before `pass` where it is a password. `forward_pass` is none. */
const PASS_OF: ReadonlySet<string> = new Set(
  'db database user smtp mysql postgres pg redis mongo rabbitmq ftp admin root http proxy ldap mail'.split(
    ' ',
  ),
);

/** The longest name that is looked at. */
export const MOST_NAME = 128;

/** How secret the value of a name is, as the name says; undefined where it does not say that. */
export function secrecyOf(name: string): NameSecrecy | undefined {
  if (name.length > MOST_NAME) return undefined;
  const words = wordsOf(name);
  const [before = '', last = ''] = [words.at(-2), words.at(-1)];
  if (PASSWORD.has(last) || (last === 'pass' && PASS_OF.has(before))) return 'password';
  if (CERTAIN.has(last) || OPENS.get(last)?.has(before)) return 'certain';
  return last === 'token' && words.length === 1 ? 'perhaps' : undefined;
}

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
