import { Fault, underSignal } from '@tributary/kernel';
import { buildSchema, execute, parse } from 'graphql';
import { expect, it } from 'vitest';
import { paceLists } from './paced-lists.ts';

const SDL = `
  type Query { list: List }
  type List { nodes: [Node!]!  names: [String!]!  later: [Node!]! }
  type Node { id: Int  parts: [Node!]! }
`;

const nodes = Array.from({ length: 1_000 }, (_, id) => ({ id, parts: [{ id: -id }] }));
const rootValue = {
  list: { nodes, names: nodes.map(({ id }) => String(id)), later: () => Promise.resolve(nodes) },
};
const document = parse('{ list { nodes { id parts { id } } names later { id } } }');

const [plain, paced] = [buildSchema(SDL), paceLists(buildSchema(SDL))];
const answer = (schema: typeof plain) => Promise.resolve(execute({ schema, document, rootValue }));

it('give the same answer, in the same bytes', async () => {
  const [before, after] = [await answer(plain), await answer(paced)];
  expect(before.errors).toBeUndefined();
  expect(JSON.stringify(after)).toBe(JSON.stringify(before));
});

it('let others have their turn every hundred items', async () => {
  let turns = 0;
  let isDone = false;
  const other = (): void => {
    turns += 1;
    if (!isDone) setImmediate(other);
  };
  setImmediate(other);
  await answer(paced);
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(9);
});

it('end where nobody waits for them any more', async () => {
  const waiting = new AbortController();
  const left = new Fault('client_left', 'nobody waits for it');
  const begun = underSignal(waiting.signal, () => answer(paced));
  waiting.abort(left);
  const { data, errors } = await begun;
  expect(data).toEqual({ list: null });
  expect(errors?.map(({ originalError }) => originalError)).toEqual([left]);
});

it('make one error each where nobody waits for them any more, however long they are', async () => {
  const waiting = new AbortController();
  const left = new Fault('client_left', 'nobody waits for it');
  let read = 0;
  /* Each error of graphql reads the stack of its cause. */
  Object.defineProperty(left, 'stack', { get: () => `at ${(read += 1)}` });
  waiting.abort(left);
  await underSignal(waiting.signal, () => answer(paced));
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(20);
});
