import { expect, it } from 'vitest';
import { redactSecrets } from './redact-secrets.ts';

const HEX = '0123456789abcdef0123456789abcdef01234567';
const AWS = `AKIA${'ABCDEFGHIJ234567'}`;
const HF = `hf_${'abcdefghijABCDEFGHIJ0123456789abcd'}`;

it.each([
  ['aws_access_key', `id ${AWS} end`, 'id [redacted:aws_access_key] end'],
  [
    'aws_secret_key',
    `AWS_SECRET_ACCESS_KEY=${'a1/+'.repeat(10)}`,
    'AWS_SECRET_ACCESS_KEY=[redacted:aws_secret_key]',
  ],
  ['github_token', `ghp_${'a1B2'.repeat(9)}`, '[redacted:github_token]'],
  ['github_token', `gho_${'a1B2'.repeat(9)}`, '[redacted:github_token]'],
  ['github_token', `github_pat_${'a1_2'.repeat(9)}`, '[redacted:github_token]'],
  ['hugging_face_token', `token=${HF}`, 'token=[redacted:hugging_face_token]'],
  ['tributary_key', `key trb_${'0a'.repeat(8)}_${'aB1-_'.repeat(8)}xyz.`, 'key [redacted:tributary_key].'],
  ['tributary_key', `trb_owner_${'aB1-_'.repeat(8)}xyz`, '[redacted:tributary_key]'],
  ['wandb_key', `export WANDB_API_KEY=${HEX}`, 'export WANDB_API_KEY=[redacted:wandb_key]'],
  [
    'bearer_token',
    'Authorization: Bearer abcDEF0123456789.x-y_z',
    'Authorization: Bearer [redacted:bearer_token]',
  ],
  ['url_password', 'postgres://me:pa55@host/db', 'postgres://me:[redacted:url_password]@host/db'],
  [
    'private_key',
    'a\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nb',
    'a\n[redacted:private_key]\nb',
  ],
  ['named_secret', `+  password = "hunter2hunter2"`, '+  password = "[redacted:named_secret]"'],
])('redacts a %s in text and keeps the rest', (kind, text, redacted) => {
  expect(redactSecrets(text)).toEqual({ value: redacted, found: [{ kind, pointer: '' }] });
});

it('returns the JSON pointer of each secret in nested JSON', () => {
  const config = { wandb: { api_key: HEX, 'a/b~c': [1, HF] }, password: 'hunter22', lr: 0.1, none: null };
  expect(redactSecrets(config)).toEqual({
    value: {
      wandb: { api_key: '[redacted:wandb_key]', 'a/b~c': [1, '[redacted:hugging_face_token]'] },
      password: '[redacted:named_secret]',
      lr: 0.1,
      none: null,
    },
    found: [
      { kind: 'wandb_key', pointer: '/wandb/api_key' },
      { kind: 'hugging_face_token', pointer: '/wandb/a~1b~0c/1' },
      { kind: 'named_secret', pointer: '/password' },
    ],
  });
});

it.each([
  ['a commit hash', { git_hash: HEX, commit: HEX, code: `at ${HEX}` }],
  ['special tokens of a tokenizer', { pad_token: '<pad>', eos_token: '</s>', hub_token: '<HUB_TOKEN>' }],
  ['addresses without a password', { url: 'https://host:8080/a@b', s3: 's3://bucket/key' }],
  ['prose about authentication', { note: 'uses Bearer authentication, no secret: "none"' }],
  ['identifiers with the same prefix', { model: 'hf_transformers_llama', path: 'AKIAB' }],
])('does not redact %s', (_name, value) => {
  expect(redactSecrets(value)).toEqual({ value, found: [] });
});

it('redacts a number under the name of a secret', () => {
  const config = { password: 12345678, max_tokens: 12345678, api_key: [90817263], pwd: 7 };
  expect(redactSecrets(config)).toEqual({
    value: {
      password: '[redacted:named_secret]',
      max_tokens: 12345678,
      api_key: ['[redacted:named_secret]'],
      pwd: 7,
    },
    found: [
      { kind: 'named_secret', pointer: '/password' },
      { kind: 'named_secret', pointer: '/api_key/0' },
    ],
  });
});

it('is idempotent', () => {
  const once = redactSecrets({ token: `Bearer ${'a1'.repeat(20)}`, api_key: HEX, text: AWS });
  expect(redactSecrets(once.value)).toEqual({ value: once.value, found: [] });
});

it.each([
  [
    'glued names',
    { dbpassword: 'hunter22', clientsecret: 'hunter22', myapikey: 'hunter22', sshpassword: 'hunter22' },
  ],
  [
    'what resembles a reference',
    { db_password: '$hunter22', password: 'settings:hunter22', secret: 'vault.hunter22' },
  ],
  ['a password like a path', { password: '/my/pass/hunter22', pass: { DB_PWD: '/hunter22' } }],
  ['lists', { api_keys: ['hunter22', 'hunter22b'], passwords: ['hunter22'] }],
  ['the value of a member', { password: { value: 'hunter22', desc: null } }],
])('redacts %s, as members and as text', (_name, value) => {
  expect(JSON.stringify(redactSecrets(value))).not.toContain('hunter22');
  expect(redactSecrets(JSON.stringify(value)).value).not.toContain('hunter22');
  expect(redactSecrets(JSON.stringify(value, undefined, 2)).value).not.toContain('hunter22');
});

it.each([
  [
    'tokens of a tokenizer',
    { user_token: '[USER]', write_token: '[WRITE]', bot_token: '▁bot', token: '[A]' },
  ],
  ['keys of a table', { encryption_key: 'seed42', google_key: 'col_a', storage_key: 'column_number_17' }],
  ['settings', { authorization: 'disabled', api_keys: '2000' }],
  ['references', { api_key: '${API_KEY}', password: '$DB_PASSWORD', secret: '<secret>' }],
])('does not redact %s', (_name, value) => {
  expect(redactSecrets(value)).toEqual({ value, found: [] });
  expect(redactSecrets(JSON.stringify(value)).found).toEqual([]);
});

it('redacts what looks random of a name that may open something', () => {
  const value = { user_token: 'aB3dE6gH9jK2mN5p', encryption_key: HEX.slice(0, 32) };
  expect(redactSecrets(value).found).toHaveLength(2);
});
