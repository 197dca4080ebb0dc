import fc from 'fast-check';

/** Values of the small language: Python's whole numbers, and lists of them. */
type Value = bigint | readonly bigint[];

type Expression =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'length' }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*';
      readonly of: readonly [Expression, Expression];
    }
  | { readonly kind: 'modulo'; readonly of: Expression; readonly by: bigint };

type Statement =
  | { readonly kind: 'assign'; readonly name: string; readonly to: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'append'; readonly item: Expression }
  | {
      readonly kind: 'if';
      readonly less: readonly [Expression, Expression];
      readonly inside: Body;
      readonly otherwise: Body;
    }
  | { readonly kind: 'for'; readonly name: string; readonly times: number; readonly body: Body };

type Body = readonly Statement[];

/** A state after a line: the line and the variables that are bound. */
type TrueState = { readonly line: number; readonly variables: ReadonlyMap<string, Value> };

export type SmallProgram = {
  readonly code: string;
  /** Undefined where the states are those of the program as a whole. */
  readonly call: string | undefined;
  readonly states: readonly TrueState[];
};

const NAMES = ['a', 'b', 'c'];
const LIST = 'xs';

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.bigInt({ min: -9n, max: 99n }).map((value): Expression => ({ kind: 'number', value })),
    fc.constantFrom(...NAMES).map((name): Expression => ({ kind: 'name', name })),
    fc.constant<Expression>({ kind: 'length' }),
    fc
      .record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom('+' as const, '-' as const, '*' as const),
        of: fc.tuple(tie('expression'), tie('expression')),
      })
      .map((binary): Expression => binary),
    fc.record({
      kind: fc.constant('modulo' as const),
      of: tie('expression'),
      by: fc.bigInt({ min: 2n, max: 9n }),
    }),
  ),
}));

/** Statements, of which loops and branches are nested twice at most. */
function bodyOf(depth: number): fc.Arbitrary<Body> {
  const plain: fc.Arbitrary<Statement>[] = [
    fc.record({ kind: fc.constant('assign' as const), name: fc.constantFrom(...NAMES), to: expression }),
    fc.record({ kind: fc.constant('list' as const), items: fc.array(expression, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('append' as const), item: expression }),
  ];
  const nested: fc.Arbitrary<Statement>[] =
    depth === 0
      ? []
      : [
          fc.record({
            kind: fc.constant('if' as const),
            less: fc.tuple(
              fc.constantFrom(...NAMES).map((name): Expression => ({ kind: 'name', name })),
              expression,
            ),
            inside: bodyOf(depth - 1),
            otherwise: fc.oneof(fc.constant([]), bodyOf(depth - 1)),
          }),
          fc.record({
            kind: fc.constant('for' as const),
            name: fc.constant(`i${depth}`),
            times: fc.integer({ min: 0, max: 3 }),
            body: bodyOf(depth - 1),
          }),
        ];
  return fc.array(fc.oneof(...plain, ...nested), { minLength: 1, maxLength: 4 });
}

/** Programs with the states that a Python which follows its language reference goes through, worked out here. */
export const smallProgram: fc.Arbitrary<SmallProgram> = fc
  .record({ body: bodyOf(2), isFunction: fc.boolean() })
  .map(({ body, isFunction }) => {
    const start: Body = [
      ...NAMES.map((name, at): Statement => ({
        kind: 'assign',
        name,
        to: { kind: 'number', value: BigInt(at) },
      })),
      { kind: 'list', items: [] },
    ];
    const writer = new Writer(isFunction ? 2 : 1, isFunction ? 1 : 0);
    const placed = [...start, ...body].map((statement) => writer.written(statement));
    const states: TrueState[] = [];
    run(placed, new Map(), states);
    const code = `${isFunction ? 'def solve():\n' : ''}${writer.lines.join('\n')}\n`;
    return { code, call: isFunction ? 'solve()' : undefined, states };
  });

/** A statement with its line, and the statements in it with theirs. */
type Placed = {
  readonly line: number;
  readonly statement: Statement;
  readonly inner: readonly Placed[];
  readonly otherwise: readonly Placed[];
};

class Writer {
  readonly lines: string[] = [];
  readonly #first: number;
  #depth: number;

  constructor(first: number, depth: number) {
    this.#first = first;
    this.#depth = depth;
  }

  written(statement: Statement): Placed {
    const line = this.#first + this.lines.length;
    this.#write(textOf(statement));
    if (statement.kind === 'for')
      return { line, statement, inner: this.#within(statement.body), otherwise: [] };
    if (statement.kind !== 'if') return { line, statement, inner: [], otherwise: [] };
    const inner = this.#within(statement.inside);
    if (statement.otherwise.length === 0) return { line, statement, inner, otherwise: [] };
    this.#write('else:');
    return { line, statement, inner, otherwise: this.#within(statement.otherwise) };
  }

  #write(text: string): void {
    this.lines.push(`${'    '.repeat(this.#depth)}${text}`);
  }

  #within(body: Body): Placed[] {
    this.#depth += 1;
    const placed = body.map((statement) => this.written(statement));
    this.#depth -= 1;
    return placed;
  }
}

function textOf(statement: Statement): string {
  switch (statement.kind) {
    case 'assign':
      return `${statement.name} = ${expressionText(statement.to)}`;
    case 'list':
      return `${LIST} = [${statement.items.map(expressionText).join(', ')}]`;
    case 'append':
      return `${LIST}.append(${expressionText(statement.item)})`;
    case 'if':
      return `if ${statement.less.map(expressionText).join(' < ')}:`;
    case 'for':
      return `for ${statement.name} in range(${statement.times}):`;
  }
}

function expressionText(of: Expression): string {
  switch (of.kind) {
    case 'number':
      return of.value < 0n ? `(${of.value})` : String(of.value);
    case 'name':
      return of.name;
    case 'length':
      return `len(${LIST})`;
    case 'binary':
      return `(${expressionText(of.of[0])} ${of.operator} ${expressionText(of.of[1])})`;
    case 'modulo':
      return `(${expressionText(of.of)} % ${of.by})`;
  }
}

function run(body: readonly Placed[], variables: Map<string, Value>, states: TrueState[]): void {
  const after = (line: number) => states.push({ line, variables: new Map(variables) });
  for (const { line, statement, inner, otherwise } of body) {
    switch (statement.kind) {
      case 'assign':
        variables.set(statement.name, valueOf(statement.to, variables));
        after(line);
        break;
      case 'list':
        variables.set(
          LIST,
          statement.items.map((item) => valueOf(item, variables)),
        );
        after(line);
        break;
      case 'append':
        variables.set(LIST, [...listIn(variables), valueOf(statement.item, variables)]);
        after(line);
        break;
      case 'if': {
        const [left, right] = statement.less.map((side) => valueOf(side, variables));
        after(line);
        run(left! < right! ? inner : otherwise, variables, states);
        break;
      }
      case 'for':
        for (let time = 0; time < statement.times; time += 1) {
          variables.set(statement.name, BigInt(time));
          after(line);
          run(inner, variables, states);
        }
        after(line);
    }
  }
}

function listIn(variables: ReadonlyMap<string, Value>): readonly bigint[] {
  const list = variables.get(LIST);
  return Array.isArray(list) ? list : [];
}

function valueOf(of: Expression, variables: ReadonlyMap<string, Value>): bigint {
  switch (of.kind) {
    case 'number':
      return of.value;
    case 'name': {
      const value = variables.get(of.name);
      return typeof value === 'bigint' ? value : 0n;
    }
    case 'length':
      return BigInt(listIn(variables).length);
    case 'modulo':
      return ((valueOf(of.of, variables) % of.by) + of.by) % of.by;
    case 'binary': {
      const [left, right] = [valueOf(of.of[0], variables), valueOf(of.of[1], variables)];
      if (of.operator === '+') return left + right;
      return of.operator === '-' ? left - right : left * right;
    }
  }
}

/** A program as a document with its states. */
export function documentOf({ code, call, states }: SmallProgram): string {
  const fields = {
    code: JSON.stringify(code),
    language: '"python"',
    ...(call !== undefined && { call: JSON.stringify(call) }),
    states: `[${states.map(({ line, variables }) => `{"line": ${line}, "variables": ${variablesText(variables)}}`).join(', ')}]`,
  };
  return `{${Object.entries(fields)
    .map(([name, text]) => `"${name}": ${text}`)
    .join(', ')}}`;
}

const variablesText = (variables: ReadonlyMap<string, Value>): string =>
  `{${[...variables].map(([name, value]) => `"${name}": ${valueText(value)}`).join(', ')}}`;

const valueText = (value: Value): string =>
  typeof value === 'bigint' ? String(value) : `[${value.join(', ')}]`;
