import { expect, it } from 'vitest';
import { isSecretName } from './secret-name.ts';

it.each([
  'password',
  'CLICKHOUSE_PASSWORD',
  'clickhousePassword2',
  'client_secret',
  'sasl',
  'saslMechanism',
  'accessToken',
  'authtoken',
  'Authorization',
  'apiKey',
  'API_KEY',
  'SSLKeyPEM',
  'ssl.key.location',
  'x-api-key',
  'passphrase',
  'pwd',
])('keeps %s', (name) => expect(isSecretName(name)).toBe(true));

it.each(['host', 'url', 'keyspace', 'keepAlive', 'partitions', 'user', 'passes', 'topic', 'queueBytes', ''])(
  'shows %s',
  (name) => expect(isSecretName(name)).toBe(false),
);
