import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from '@tributary/kernel';
import { openLog } from '../log/open-log.ts';
import { maskConfig } from './mask-config.ts';

const CANARY = 'cAnArY7f3e';
const SIGHT = 'sight9b1d';

const around = fc.tuple(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 }));
/** A secret that contains the canary. */
const secret = around.map(([before, after]) => `${before}${CANARY}${after}`);
const encoded = secret.filter((text) => text.isWellFormed()).map(encodeURIComponent);

const stem = fc.constantFrom('password', 'secret', 'token', 'authorization', 'sasl', 'apiKey', 'passphrase');
const secretName = fc
  .tuple(fc.constantFrom('', 'client', 'KAFKA', 'my2'), stem, fc.constantFrom('', 'value', '2'))
  .chain((words) => {
    const [before, name, after] = words;
    const snake = words.filter(Boolean).join('_');
    const camel = `${before}${name[0]?.toUpperCase()}${name.slice(1)}${after}`;
    return fc.constantFrom(snake, snake.toUpperCase(), snake.replaceAll('_', '-'), camel, `ssl.${snake}`);
  });

const shaped = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    text,
    fc.array(text, { minLength: 1, maxLength: 2 }),
    fc.record({ inner: text }),
    text.map((value) => ({ deep: [{ value }] })),
    text.map((value) => new Map([[value, value]])),
  );

/** All ways in which a configuration can contain a secret. */
const hidden: fc.Arbitrary<unknown> = fc.oneof(
  fc.tuple(secretName, shaped(secret)).map(([name, value]) => ({ [name]: value })),
  fc.tuple(secretName, secret).map(([name, value]) => new Map([[name, value]])),
  fc.tuple(secretName, secret).map(([name, value]) => [name, value]),
  fc.tuple(secretName, secret).map(([name, value]) => [`--${name}`, value]),
  fc.tuple(secretName, secret).map(([name, value]) => ({ name, value })),
  fc.tuple(secretName, encoded).map(([name, value]) => ({ url: `http://db:8123/?a=1&${name}=${value}` })),
  secret.map((value) => ({ url: `http://user:${value}@db:8123/x` })),
  secret.map((value) => ({ url: `https://${value}@db` })),
  secret.map((value) => ({ brokers: ['a:9092', `sasl://u:${value}@b:9092`] })),
  secret.map((value) => ({ [`clickhouse://u:${value}@b`]: true })),
  encoded.map((value) => ({ url: new URL(`http://user:${value}@db:8123`) })),
  encoded.map((value) => ({ header: `Bearer ${value}` })),
);

const plainName = fc.constantFrom('host', 'kafka', 'limits', 'name', 'partitions', 'x');
const config = fc.letrec<{ node: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    hidden,
    hidden,
    fc.constant(SIGHT),
    fc.integer(),
    fc.string(),
    fc.constant(undefined),
    fc.boolean(),
  ),
  node: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(plainName, tie('node'), { maxKeys: 3 }),
  ),
})).node;

const seeded = { numRuns: 1_000, seed: 11 };

it('never prints a secret, wherever it is in a configuration', () => {
  const lines: string[] = [];
  const log = openLog({ service: 'test', clock: () => 0, write: (line) => lines.push(line) });
  fc.assert(
    fc.property(config, hidden, (tree, certain) => {
      lines.length = 0;
      const whole = { open: SIGHT, tree, certain };
      log.config(whole);
      const texts = [JSON.stringify(maskConfig(whole)), lines.join('')];
      for (const text of texts) {
        expect(text).not.toContain(CANARY);
        expect(text).toContain(SIGHT);
        expect(text).toContain('***');
      }
    }),
    seeded,
  );
});

it('never logs a secret that is a field, or part of a URL in a message', () => {
  const word = fc.stringMatching(/^[!-~]{0,6}$/).map((text) => `${text}${CANARY}`);
  fc.assert(
    fc.property(secretName, word, (name, value) => {
      const lines: string[] = [];
      const log = openLog({ service: 'test', clock: () => 0, write: (line) => lines.push(line) });
      const message = `cannot reach http://u:${value}@db/?${name}=${encodeURIComponent(value)} at ${SIGHT}`;
      log.error(
        'failed',
        { [name]: value, [`${name}2`]: [value], address: message },
        new Fault('down', message),
      );
      log.error('failed', { host: SIGHT }, new Error(`unexpected token in ${value}`));
      expect(lines.join('')).not.toContain(CANARY);
      for (const line of lines) expect(line).toContain(SIGHT);
    }),
    seeded,
  );
});
