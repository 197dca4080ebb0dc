import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestTarget } from './request-target.ts';

it.each([
  ['/v1/events', '/v1/events'],
  ['http://host:1/v1/events?a=%41', '/v1/events?a=%41'],
  ['HTTPS://host', '/'],
  ['http://host?a=1', '/?a=1'],
  ['/v1/%65vents', '/v1/events'],
  ['/a/%2e%2e/b%2Fc%00', '/a/../b%2Fc%00'],
  ['/a%2561', '/a%2561'],
  ['/a%', '/a%'],
  ['*', '*'],
  ['', ''],
  ['/v1/events#x', '/v1/events'],
  ['http://h/v1/events#?a', '/v1/events'],
  ['/v1/events?a=1#x', '/v1/events?a=1'],
  ['http://h#x', '/'],
  ['/a%23b', '/a%23b'],
])('reads %s as %s', (target, read) => {
  expect(requestTarget(target)).toBe(read);
});

it('names what the target names, whoever reads it, and reads what it gives as it is', () => {
  const path = fc.array(fc.constantFrom('a', '/', '%', '%25', '%61', '%2F', '%2e', 'é', '~'), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(path, fc.boolean(), (parts, isWhole) => {
      const sent = `/${parts.map((part) => (part === '%' ? '%25' : part)).join('')}`;
      const read = requestTarget(isWhole ? `http://host${sent}` : sent);
      expect(decodeURIComponent(read)).toBe(decodeURIComponent(sent));
      expect(requestTarget(read)).toBe(read);
    }),
    { seed: 3 },
  );
});
