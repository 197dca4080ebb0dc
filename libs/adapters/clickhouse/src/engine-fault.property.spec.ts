import fc from 'fast-check';
import { expect, it } from 'vitest';
import { engineFault } from './engine-fault.ts';

const CODES = [undefined, 62, 159, 243, 246, 999];

const name = fc.stringMatching(/^[a-zA-Z0-9_.@+-]{1,12}$/);
const path = fc
  .tuple(fc.array(name, { minLength: 1, maxLength: 8 }), name)
  .map(([folders, file]) => ({ folder: `/${folders.join('/')}/`, file }));
const around = fc.constantFrom(
  ['', ''],
  ["'", "'"],
  ['"', '"'],
  ['(', ')'],
  ['path = ', ': No such file'],
  [' ', '.'],
);

it('names no folder of this machine, whatever the engine says of a file, and keeps the rest', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(around, path), { maxLength: 5 }),
      fc.constantFrom(...CODES),
      (said, code) => {
        const text = said
          .map(([[before, after], { folder, file }]) => `${before}${folder}${file}${after}`)
          .join(' ');
        const cause = new Error(`Code: 76. DB::Exception: ${text} (CANNOT_OPEN_FILE)`);
        const fault = engineFault('curve', code, cause);
        for (const [, { folder, file }] of said) {
          expect(fault.message).not.toContain(folder);
          expect(fault.message).toContain(`…/${file}`);
        }
        expect(fault.message).toMatch(/^curve.*CANNOT_OPEN_FILE/);
        expect(fault.cause).toBe(cause);
      },
    ),
  );
});

it.each(['12/24 rows', 'see https://clickhouse.com/docs/en/settings', 'a / b'])(
  'leaves %j as it is',
  (text) => {
    expect(engineFault('curve', 62, new Error(text)).message).toBe(`curve: ${text}`);
  },
);

const SHARE = { limit: 'queryBytes', value: 8_000, key: 'TRIBUTARY_QUERY_BYTES' };
const memory = (whose: string) =>
  `Code: 241. DB::Exception: ${whose} exceeded: would use 96.06 MiB (attempt to allocate chunk of 64.00 MiB), maximum: 95.37 MiB: While executing AggregatingTransform. (MEMORY_LIMIT_EXCEEDED)`;

it.each([
  ['Query memory limit', false, SHARE],
  ['Memory limit (for query)', false, SHARE],
  ['User memory limit', true, undefined],
  ['(total) memory limit', true, undefined],
  ['Memory limit (total)', true, undefined],
])('says whether a query may be asked again that met the engine\'s "%s"', (whose, retryable, met) => {
  const fault = engineFault('curve', 241, new Error(memory(whose)), { memory: SHARE });
  expect({ code: fault.code, retryable: fault.retryable, met: fault.met }).toEqual({
    code: 'query_memory',
    retryable,
    met,
  });
  expect(fault.message.includes(SHARE.key)).toBe(!retryable);
});
