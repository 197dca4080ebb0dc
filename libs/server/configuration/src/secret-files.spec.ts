import { expect, it } from 'vitest';
import { withSecretFiles } from './secret-files.ts';

const FILES: Readonly<Record<string, string>> = {
  '/run/secrets/kafka': 'kafka secret\n',
  '/run/secrets/windows': 'secret\r\n',
  '/run/secrets/lines': ' two\nlines\n\n',
  '/run/secrets/empty': '',
};
const read = (path: string): string => {
  const content = FILES[path];
  if (content === undefined) throw new Error(`ENOENT: ${path}`);
  return content;
};
const secretOf = (path: string) =>
  withSecretFiles({ KAFKA_SASL_PASSWORD_FILE: path }, read)['KAFKA_SASL_PASSWORD'];

it('reads a secret from the file that its variable names, without the final line end', () => {
  expect(secretOf('/run/secrets/kafka')).toBe('kafka secret');
  expect(secretOf('/run/secrets/windows')).toBe('secret');
  expect(secretOf('/run/secrets/lines')).toBe(' two\nlines\n');
  expect(secretOf('/run/secrets/empty')).toBe('');
});

it('prefers the file and leaves other variables as they are', () => {
  const env = {
    CLICKHOUSE_PASSWORD: 'old',
    CLICKHOUSE_PASSWORD_FILE: '/run/secrets/kafka',
    KAFKA_SASL_PASSWORD_FILE: '',
    KAFKA_SASL_USERNAME_FILE: undefined,
    SSL_CERT_FILE: '/etc/nowhere',
    NOT_KAFKA_PASSWORD_FILE: '/etc/nowhere',
    PORT: '1',
  };
  expect(withSecretFiles(env, read)).toEqual({ ...env, CLICKHOUSE_PASSWORD: 'kafka secret' });
});

it('names the variable whose file cannot be read', () => {
  expect(() => secretOf('/run/secrets/none')).toThrow(
    expect.objectContaining({
      code: 'configuration',
      message: 'KAFKA_SASL_PASSWORD_FILE: the file /run/secrets/none cannot be read',
    }),
  );
});
