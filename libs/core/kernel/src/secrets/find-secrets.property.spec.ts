import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets } from './find-secrets.ts';
import { redactSecrets } from './redact-secrets.ts';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALPHANUMERIC = `${UPPER}${UPPER.toLowerCase()}${DIGITS}`;
const textOf = (from: string, length: number) =>
  fc
    .array(
      fc.nat(from.length - 1).map((index) => from[index] ?? ''),
      { minLength: length, maxLength: length },
    )
    .map((all) => all.join(''));
const alphanumeric = (length: number) => textOf(ALPHANUMERIC, length);
const hex = (length: number) => textOf(`${DIGITS}abcdef`, length);

/** Of a form that is known wherever it stands. */
const shaped = fc.oneof(
  alphanumeric(34).map((rest) => `hf_${rest}`),
  alphanumeric(36).map((rest) => `ghp_${rest}`),
  alphanumeric(24).map((rest) => `sk-proj-4${rest}`),
  textOf(UPPER + DIGITS, 16).map((rest) => `AKIA${rest}`),
  alphanumeric(24).map((rest) => `xoxb-12345-${rest}`),
  alphanumeric(20).map((rest) => `glpat-${rest}`),
  fc
    .tuple(alphanumeric(20), alphanumeric(40), alphanumeric(43))
    .map(([head, body, sign]) => `eyJ${head}.eyJ${body}.${sign}`),
);

/** Of no form: only its name says what it is. The canary tells it from everything else. */
const word = fc
  .tuple(fc.constantFrom('hunter', 'correct', 'p4ss!', 'Zx-9_', 'ü9', 'a:b'), alphanumeric(4))
  .map(([start, end]) => `${start}cAnArY${end}`);

const secretName = fc.constantFrom(
  'password',
  'DB_PASSWORD',
  'api_key',
  'apiKey',
  'api-key',
  'WANDB_API_KEY',
  'OPENAI_API_KEY',
  'client_secret',
  'aws_secret_access_key',
  'hub_token',
  'HF_TOKEN',
  'access_token',
  'github.token',
  'secret',
);
const plainName = fc.constantFrom(
  'max_tokens',
  'tokenizer',
  'pad_token',
  'token_count',
  'num_tokens_per_batch',
  'secret_santa_dataset',
  'password_file_count',
  'primary_key',
  'sort_key',
  'monkey',
  'lr',
  'model_name',
  'git_sha',
  'compass',
);
const plainValue = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('<pad>', '</s>', 'gpt2', 'EleutherAI/gpt-neox-20b', 'true', '/data/tokens.bin', 'null'),
  hex(40),
  hex(64).map((digest) => `sha256:${digest}`),
);

type Line = { readonly name: string; readonly value: string };

/** Formats of configurations, each with all of its lines in it. */
const FORMATS: Readonly<Record<string, (lines: readonly Line[]) => string>> = {
  yaml: (lines) => lines.map(({ name, value }) => `${name}: ${value}`).join('\n'),
  'nested yaml': (lines) =>
    `run:\n${lines.map(({ name, value }) => `  ${name}: "${value}"  # note`).join('\n')}`,
  'yaml pairs': (lines) =>
    `env:\n${lines.map(({ name, value }) => `  - name: ${name}\n    value: '${value}'`).join('\n')}`,
  toml: (lines) => `[run]\n${lines.map(({ name, value }) => `${name} = "${value}"`).join('\n')}\n`,
  ini: (lines) => `[run]\n${lines.map(({ name, value }) => `${name} = ${value}`).join('\n')}\n`,
  env: (lines) => lines.map(({ name, value }) => `${name}=${value}`).join('\n'),
  script: (lines) => `#!/bin/sh\n${lines.map(({ name, value }) => `export ${name}='${value}'`).join('\n')}\n`,
  arguments: (lines) =>
    `python train.py ${lines.map(({ name, value }) => `--${name} ${value}`).join(' ')} --fast`,
  'joined arguments': (lines) => `train ${lines.map(({ name, value }) => `--${name}=${value}`).join(' ')}`,
  json: (lines) => `{${lines.map(({ name, value }) => `"${name}": ${JSON.stringify(value)}`).join(', ')}}`,
  'json in json': (lines) =>
    JSON.stringify({
      config: `{${lines.map(({ name, value }) => `"${name}": ${JSON.stringify(value)}`).join(', ')}}`,
    }),
  'list of arguments': (lines) =>
    `[${lines.map(({ name, value }) => `"--${name}", ${JSON.stringify(value)}`).join(', ')}]`,
  'python dict': (lines) => `{${lines.map(({ name, value }) => `'${name}': '${value}'`).join(', ')}}`,
  namespace: (lines) => `Namespace(${lines.map(({ name, value }) => `${name}='${value}'`).join(', ')})`,
  log: (lines) => `INFO started ${lines.map(({ name, value }) => `${name}=${value}`).join(', ')}`,
  query: (lines) =>
    `GET https://host/path?${lines.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('&')}`,
  diff: (lines) => lines.map(({ name, value }) => `+  ${name}: ${value}`).join('\n'),
};

const FORMAT_NAMES = Object.keys(FORMATS);
const format = fc.nat(FORMAT_NAMES.length - 1).map((index) => FORMAT_NAMES[index] ?? '');
const plain: fc.Arbitrary<Line> = fc.record({ name: plainName, value: plainValue });
const seeded = { numRuns: 3_000, seed: 15 };

/** The text with each span replaced by the same mark. */
function masked(text: string): string {
  let [left, from] = ['', 0];
  for (const { start, end } of findSecrets(text)) {
    left += `${text.slice(from, start)}***`;
    from = end;
  }
  return left + text.slice(from);
}

describe('in a configuration of any format', () => {
  it('every secret is found, whole, and nothing else', () => {
    const planted = fc.record({ name: secretName, value: fc.oneof(word, shaped) });
    fc.assert(
      fc.property(
        format,
        fc.array(plain, { maxLength: 4 }),
        planted,
        fc.nat(4),
        (kind, others, secret, at) => {
          const write = FORMATS[kind] ?? (() => '');
          const lines = (value: string) => others.toSpliced(at, 0, { ...secret, value });
          expect(masked(write(lines(secret.value)))).toBe(write(lines('SECRET')).replace('SECRET', '***'));
        },
      ),
      seeded,
    );
  });

  it('a key of a known form is found under any name', () => {
    fc.assert(
      fc.property(format, plainName, shaped, (kind, name, value) => {
        const write = FORMATS[kind] ?? (() => '');
        expect(masked(write([{ name, value }]))).not.toContain(value.slice(8, 24));
      }),
      seeded,
    );
  });

  it('what is no secret stays', () => {
    fc.assert(
      fc.property(format, fc.array(plain, { maxLength: 6 }), (kind, lines) => {
        const text = (FORMATS[kind] ?? (() => ''))(lines);
        expect(findSecrets(text)).toEqual([]);
      }),
      seeded,
    );
  });

  it('is redacted once: a second time changes nothing', () => {
    const planted = fc.record({ name: secretName, value: fc.oneof(word, shaped) });
    fc.assert(
      fc.property(format, fc.array(fc.oneof(plain, planted), { maxLength: 6 }), (kind, lines) => {
        const once = redactSecrets((FORMATS[kind] ?? (() => ''))(lines)).value;
        expect(redactSecrets(once)).toEqual({ value: once, found: [] });
      }),
      seeded,
    );
  });
});

/** Assignments of a quoted value were redacted by this pattern before values without quotes were. */
const EARLIER_NAME =
  '(?:password|passwd|secret|api[_-]?key|access[_-]?key|secret[_-]?key|auth[_-]?token|access[_-]?token|hub[_-]?token|private[_-]?key)';
const EARLIER = new RegExp(
  `${EARLIER_NAME}["']?\\s*[:=]\\s*(?<quote>["'])(?<secret>[^"'\\s<>*]{6,512})\\k<quote>`,
  'dgi',
);

it('whatever was redacted without its surroundings is redacted still', () => {
  const part = (from: string, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...Array.from(from)), maxLength });
  const stem = fc.constantFrom(
    ...'password passwd secret api_key api-key apikey accesskey secret_key auth-token accesstoken hub_token privatekey'.split(
      ' ',
    ),
  );
  const name = fc
    .tuple(part('aZ9_.-', 6), stem, fc.constantFrom('', '"', "'"))
    .map(([before, end, quote]) => `${before}${end}${quote}`);
  const value = fc
    .tuple(
      fc.constantFrom(
        '',
        '$',
        '/a/',
        'settings:',
        'vault.',
        'os.',
        '${',
        '{{',
        '%',
        'optional ',
        'arn:',
        'a=',
      ),
      part(`${ALPHANUMERIC}$./:_%{}()[]=+\\\\-#,;`, 16),
      fc.nat(99).map(String),
    )
    .map((parts) => parts.join(''));
  const line = fc
    .tuple(name, fc.constantFrom('=', ':', ': ', ' = ', ':\n  ', '\t=\t'), fc.constantFrom('"', "'"), value)
    .map(([key, sign, quote, text]) => `${key}${sign}${quote}${text}${quote}`);
  const text = fc.array(fc.oneof(line, part('ab "\'=:,\n', 8), fc.constant(' token: ')), { maxLength: 5 });
  fc.assert(
    fc.property(text, (lines) => {
      const given = lines.join(' ');
      const covered = new Set<number>();
      for (const { start, end } of findSecrets(given))
        for (let at = start; at < end; at += 1) covered.add(at);
      for (const { indices, groups } of given.matchAll(EARLIER)) {
        const [start, end] = indices?.groups?.['secret'] ?? [0, 0];
        const isReference = /^(?:\$\{[^{}]*\}|\{\{[^{}]*\}\}|\$[A-Z_][A-Z0-9_]*|\$\(.*\)|-+|\.+)$/.test(
          groups?.['secret'] ?? '',
        );
        const left = Array.from({ length: end - start }, (_, more) => start + more);
        expect(left.filter((at) => !isReference && !covered.has(at))).toEqual([]);
      }
    }),
    seeded,
  );
});

it('a member that was redacted is redacted still', () => {
  const member = new RegExp(`(?:^|[._-])${EARLIER_NAME}$`, 'i');
  const name = fc
    .tuple(fc.constantFrom('', 'a.', 'DB_', 'my-'), fc.stringMatching(new RegExp(`^${EARLIER_NAME}$`)))
    .map((parts) => parts.join(''));
  const value = fc
    .tuple(
      fc.constantFrom('', '$', '/a/', 'vault.', 'os.', 'arn:', '[', '%', 'your '),
      alphanumeric(4),
      fc.nat(9),
    )
    .map((parts) => parts.join('').replaceAll(' ', '-'));
  fc.assert(
    fc.property(name, value, (key, held) => {
      expect(member.test(key)).toBe(true);
      const isReference = /^\$[A-Z_][A-Z0-9_]*$/.test(held);
      expect(redactSecrets({ [key]: held }).found.length).toBe(isReference ? 0 : 1);
    }),
    seeded,
  );
});

describe('one secret', () => {
  it.each([
    'password: hunter2',
    '  password: correct horse battery staple  # of the lab',
    'password: |\n  hunter2\n  and more\nlr: 1',
    'export WANDB_API_KEY=0123456789abcdef0123456789abcdef01234567',
    'wandb login 0123456789abcdef0123456789abcdef01234567',
    'machine api.wandb.ai\n  login user\n  password hunter2',
    'train --api_key XYZW --lr 3',
    "['--api_key', 'XYZW']",
    'Authorization: Basic dXNlcjpodW50ZXIy',
    '"Authorization": "token abcd1234"',
    'X-Api-Key: abcd1234',
    'https://user:hunter2@host:8080/a?b=c',
    'postgres://user:p@ss@db/x',
    'Server=db;Uid=me;Pwd=hunter2;Port=1',
    '<password>hunter2</password>',
    'password: str = "hunter2"',
    'DB_PASS=hunter2',
    '{\\"password\\": \\"hunter2\\", \\"lr\\": 1}',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nabc',
    'DOCKER_AUTH_TOKEN := abcd1234',
    'PGPASSWORD="hunter22"',
    'api_key:\n  desc: null\n  value: abcd1234',
    'token: password="hunter22"',
    'password="hunter22',
    'postgres://me:hunter2#?@host/db',
  ])('is found in %j', (text) => {
    const found = findSecrets(text);
    expect(found.length).toBeGreaterThanOrEqual(1);
    expect(masked(text)).not.toMatch(/hunter2|XYZW|abcd1234|dXNl|p@ss|staple|and more|abc\n|01234567/);
  });

  it.each([
    'tokenizer: EleutherAI/gpt-neox-20b',
    'max_tokens: 4096',
    'pad_token: <pad>, eos_token: </s>',
    'token_count: 12, tokens: 12345678901234567890',
    'We imported secret_santa_dataset; its secret is that it is small.',
    'the password is typed by hand, and a token: the next one',
    'commit 0123456789abcdef0123456789abcdef01234567',
    'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'password: ${DB_PASSWORD}, api_key: $API_KEY, secret: <your secret>',
    'api_key=os.environ["KEY"], password=get_password(), token=tokenizer.encode(x)',
    'if password == other: pass',
    'primary_key: id, sort_key: -date, key: shard-00001-of-00100.parquet',
    'PWD=/home/user/work',
    'https://host:8080/user@example.org',
    'git@github.com:org/repo.git',
    'sk-learn-extension-of-mine-with-a-long-name',
    '-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----',
    'eyJ is how they begin',
    'forward_pass: 12, bypass=1',
    'api_key: null\npassword: ""\nsecret: "none"',
  ])('is not seen in %j', (text) => expect(findSecrets(text)).toEqual([]));
});

describe('the work doubles with its input', () => {
  /* More than the longest value that is read. */
  const SIZE = 65_536;
  const steps = (text: string): number => {
    const work = { steps: 0 };
    findSecrets(text, work);
    return work.steps;
  };

  it.each<[string, (size: number) => string]>([
    ['names in names', (n) => 'token'.repeat(n / 5)],
    ['names with points between them', (n) => 'token.'.repeat(n / 6)],
    ['assignments in assignments', (n) => 'password='.repeat(n / 9)],
    ['quotes that do not close', (n) => 'password="\n'.repeat(n / 11)],
    ['quotes of all kinds', (n) => `password='a secret="b token=\`c `.repeat(n / 31)],
    ['backslashes', (n) => `password=${'\\'.repeat(n)}"`],
    ['quotes behind backslashes', (n) => 'pwd=\\"a pwd=\\\\\\"b '.repeat(n / 20)],
    ['assignments of what is none', (n) => 'token='.repeat(n / 6)],
    ['addresses', (n) => '://a:b'.repeat(n / 6)],
    ['addresses without an end', (n) => `://${'a:'.repeat(n / 2)}`],
    ['block scalars', (n) => 'password: |\n  '.repeat(n / 14)],
    ['beginnings of keys', (n) => '-----BEGIN PRIVATE '.repeat(n / 19)],
    ['beginnings of tokens', (n) => 'sk-eyJxoxb-'.repeat(n / 11)],
  ])('with %s', (_what, hostile) => {
    const [one, two, eight] = [SIZE, 2 * SIZE, 8 * SIZE].map((size) => steps(hostile(size)));
    /* Every character at most so often, and no more often in a longer text. */
    expect(two ?? 0).toBeLessThanOrEqual(16 * 2 * SIZE);
    expect(two ?? 0).toBeLessThanOrEqual(2.2 * (one ?? 0) + 64);
    expect(eight ?? 0).toBeLessThanOrEqual(8.8 * (one ?? 0) + 64);
  });
});
