import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkOf } from './client-network.ts';

const half = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xff_ff })), {
  minLength: 4,
  maxLength: 4,
});
/** As systems write an address, with `::` for its longest run of zeros. */
const written = (groups: readonly number[]): string =>
  new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]/`).hostname.slice(1, -1);

it('is the same for every address that a client can choose, and another one for each network', () => {
  fc.assert(
    fc.property(half, half, half, half, (network, first, second, other) => {
      fc.pre(network.some((group) => group !== 0) && other.some((group) => group !== 0));
      const of = networkOf(written([...network, ...first]));
      expect(networkOf(written([...network, ...second]))).toBe(of);
      expect(networkOf(written([...other, ...first])) === of).toBe(network.join(':') === other.join(':'));
    }),
    { seed: 15, numRuns: 2_000 },
  );
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['', ''],
])('of %j is %j', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
