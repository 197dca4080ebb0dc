import fc from 'fast-check';
import { buildSchema, Kind, parse, validate } from 'graphql';
import type { DocumentNode, SelectionNode, SelectionSetNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measure } from './measure.ts';

const schema = buildSchema(`
  type Query { things(first: Int = 7): Things  thing: Thing }
  type Things { nodes: [Thing!]!  totalCount: Int  thing: Thing }
  type Thing { id: ID  parts: [Thing!]!  thing: Thing  things(first: Int): Things  paths(maxPaths: Int = 3): Things }
`);

/** A selection of a document, by numbers that choose among what fits. */
type Choice = {
  readonly pick: number;
  readonly alias: boolean;
  readonly size: number;
  readonly inner: Choice[];
};

const choiceWithin: fc.Memo<Choice> = fc.memo((depth) =>
  fc.record({
    pick: fc.nat(99),
    alias: fc.boolean(),
    size: fc.nat(12),
    inner: depth <= 1 ? fc.constant([]) : fc.array(choiceWithin(depth - 1), { maxLength: 3 }),
  }),
);
const choice = choiceWithin(4);

const FRAGMENTS = ['A', 'B', 'C', 'D'];
const DIRECTIVES = ['', ' @include(if: true)', ' @skip(if: false)'];

/** Text of a selection on `Thing`; fragments spread only those after them, so that there is no cycle. */
function textOf({ pick, alias, size, inner }: Choice, from: number): string {
  const body = () =>
    inner.length === 0 ? '{ id }' : `{ ${inner.map((one) => textOf(one, from)).join(' ')} }`;
  const [name, sized] = [alias ? `a${pick}: ` : '', size === 0 ? '' : `(first: ${size})`];
  const directive = DIRECTIVES[pick % 3] ?? '';
  const later = FRAGMENTS.slice(from);
  const spread = later[pick % Math.max(later.length, 1)];
  switch (pick % 7) {
    case 0:
      return `${name}id${directive}`;
    case 1:
      return `${name}parts${directive} ${body()}`;
    case 2:
      return `${name}thing ${body()}`;
    case 3:
      return `${name}things${sized} { nodes ${body()} totalCount }`;
    case 4:
      return `... on Thing${directive} ${body()}`;
    case 5:
      return `${name}paths(maxPaths: $size) { nodes${directive} ${body()} thing ${body()} }`;
    default:
      return spread === undefined ? 'id' : `...${spread}${directive}`;
  }
}

const documents = fc
  .record({
    root: fc.array(choice, { minLength: 1, maxLength: 3 }),
    fragments: fc.tuple(choice, choice, choice, choice),
  })
  .map(({ root, fragments }) => {
    const body = root.map((one) => textOf(one, 0)).join(' ');
    const defined = fragments.map(
      (one, index) => `fragment ${FRAGMENTS[index]} on Thing { id ${textOf(one, index + 1)} }`,
    );
    return `query ($size: Int) { thing { ${body} } a: thing { ${body} ...A ...A } ...Q } fragment Q on Query { things { thing { ...B } nodes { ...A } } } ${defined.join(' ')}`;
  });

const operationOf = (document: DocumentNode) => {
  const [operation] = document.definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation : expect.fail('no operation');
};

const measured = (text: string, size = 4) => {
  const document = parse(text);
  return measure({ schema, document, operation: operationOf(document), variables: { size } });
};

/** The document with each spread replaced by an inline fragment, so that no fragment is left. */
function expanded(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const set = ({ kind, selections }: SelectionSetNode): SelectionSetNode => ({
    kind,
    selections: selections.map(selection),
  });
  const selection = (node: SelectionNode): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const found = fragments.get(node.name.value);
      if (!found) throw new Error(`no fragment ${node.name.value}`);
      const { typeCondition, selectionSet } = found;
      const { directives = [] } = node;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: set(selectionSet) };
    }
    return node.selectionSet ? { ...node, selectionSet: set(node.selectionSet) } : node;
  };
  const operation = operationOf(document);
  const whole = { ...operation, selectionSet: set(operation.selectionSet) };
  return { ...document, definitions: [whole] };
}

/** What a document asks for, counted field by field in the expanded document. */
function naive(document: DocumentNode) {
  const found = { depth: 0, aliases: 0, directives: 0, rootFields: 0 };
  const visit = ({ selections }: SelectionSetNode, depth: number): void => {
    for (const node of selections) {
      found.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD) {
        found.depth = Math.max(found.depth, depth);
        if (depth === 1) found.rootFields += 1;
        if (node.alias) found.aliases += 1;
        if (node.selectionSet) visit(node.selectionSet, depth + 1);
      } else if (node.kind === Kind.INLINE_FRAGMENT) visit(node.selectionSet, depth);
    }
  };
  visit(operationOf(document).selectionSet, 1);
  return found;
}

describe('fragments', () => {
  it('hide nothing: a document measures what it does with its fragments written out', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const document = parse(text);
        const flat = expanded(document);
        const operation = operationOf(document);
        const variables = { size: 4 };
        const { visited: _, ...whole } = measure({ schema, document, operation, variables });
        const { visited, ...written } = measure({
          schema,
          document: flat,
          operation: operationOf(flat),
          variables,
        });
        expect(visited).toBeGreaterThan(0);
        expect(whole).toEqual(written);
        expect(whole).toMatchObject(naive(flat));
      }),
      { seed: 15, numRuns: 500 },
    );
  });

  it('are measured once, however often they are spread: doubling a document doubles the work', () => {
    const nested = (levels: number) => {
      const link = (level: number) =>
        `fragment F${level} on Thing { a: thing { ...F${level + 1} } b: thing { ...F${level + 1} } }`;
      const links = Array.from({ length: levels }, (_, level) => link(level)).join(' ');
      return measured(`{ thing { ...F0 } } ${links} fragment F${levels} on Thing { id }`);
    };
    const visits = [10, 20, 40, 80].map((levels) => nested(levels).visited);
    expect(visits).toEqual([10, 20, 40, 80].map((levels) => 4 * levels + 3));
    expect(nested(40).aliases).toBe(2 ** 41 - 2);
    expect(nested(80).cost).toBeGreaterThan(2 ** 80);
  });
});

describe('the cost', () => {
  const row = (text: string) => measured(text).cost - 10_000;

  it('multiplies pages down the tree', () => {
    expect(row('{ things(first: 100) { nodes { id } } }')).toBe(100 * 2);
    expect(row('{ things(first: 100) { nodes { id things(first: 50) { nodes { id } } } } }')).toBe(
      100 * (3 + 50 * 2),
    );
    expect(row('{ things(first: 100) { nodes { parts { id } } } }')).toBe(100 * (1 + 10 * 2));
  });

  it('takes the size of a page from a literal, a variable, its default, or that of the schema', () => {
    const sized = (given: string, size?: number) => {
      const document = parse(given);
      const variables = size === undefined ? {} : { size };
      return measure({ schema, document, operation: operationOf(document), variables }).cost - 10_000;
    };
    expect(sized('query ($size: Int) { things(first: $size) { nodes { id } } }', 9)).toBe(18);
    expect(sized('query ($size: Int = 8) { things(first: $size) { nodes { id } } }')).toBe(16);
    expect(sized('query ($size: Int) { things(first: $size) { nodes { id } } }')).toBe(14);
    expect(sized('{ things { nodes { id } } }')).toBe(14);
  });

  it('takes no size for less than one, or for more than any page has', () => {
    expect(row('{ things(first: -5) { nodes { id } } }')).toBe(2);
    expect(row('{ things(first: 2147483647) { nodes { id } } }')).toBe(20_000);
  });

  it('is apart for the items of lists, which are what an answer holds in memory', () => {
    const listed = (text: string) => measured(text).listed;
    expect(listed('{ things(first: 100) { nodes { id } totalCount } }')).toBe(100 * 2);
    expect(listed('{ things(first: 100) { nodes { id things(first: 50) { nodes { id } } } } }')).toBe(
      100 * (3 + 50 * 2),
    );
    expect(listed('{ thing { thing { things(first: 9) { nodes { id } thing { parts { id } } } } } }')).toBe(
      9 * 2 + 10 * 2,
    );
    expect(listed('{ thing { id } things(first: 100) { totalCount thing { id } } }')).toBe(0);
  });

  it('multiplies what is in lists only', () => {
    expect(row('{ things(first: 100) { totalCount thing { id } } }')).toBe(10_000 + 2);
  });
});

it('measures documents that are valid', () => {
  const [text] = fc.sample(documents, { seed: 1, numRuns: 1 });
  const rules = validate(schema, parse(text ?? '')).map(({ message }) => message);
  expect(rules.filter((message) => !/conflict|never used/.test(message))).toEqual([]);
});
