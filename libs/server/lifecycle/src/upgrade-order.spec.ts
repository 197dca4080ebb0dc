import { contractNumber, FIRST_STATED_CONTRACT } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { upgradeOrder } from './upgrade-order.ts';

const orderOf = (read: number | undefined, own?: number) =>
  upgradeOrder({ tables: { contract: () => read }, group: 'g', ...(own !== undefined && { own }) });

it.each([
  ['has committed nothing', undefined, 2],
  ['reads the contract of this process', 2, 2],
  ['reads a later contract', 3, 2],
])('lets a process write whose group %s', (_what, read, own) => {
  const order = orderOf(read, own);
  expect(() => order.admit()).not.toThrow();
  expect(order.conditions()).toEqual([]);
});

it('refuses to write what the projectors cannot read yet, and says which of both is older', () => {
  const order = orderOf(1, 2);
  expect(() => order.admit()).toThrow(
    expect.objectContaining({
      code: 'projector_older',
      retryable: true,
      message: expect.stringMatching(/contract 2, .* group g read contract 1: replace the projectors first/),
    }),
  );
  expect(order.conditions()).toMatchObject([{ code: 'projector_older' }]);
});

it('lets this release write where the projectors before it stated no contract', () => {
  expect(contractNumber).toBeGreaterThanOrEqual(FIRST_STATED_CONTRACT);
  expect(orderOf(contractNumber).conditions()).toEqual([]);
});
