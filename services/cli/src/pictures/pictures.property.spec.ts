import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count } from '../text/format.ts';
import { ticks } from './axis.ts';
import { distributionPicture } from './distribution.ts';
import type { DistributionPicture } from './distribution.ts';
import { driftPicture } from './drift.ts';
import type { DriftPicture } from './drift.ts';
import { exposurePicture } from './exposure.ts';
import type { ExposurePicture } from './exposure.ts';
import { lineagePicture } from './lineage.ts';
import type { LineagePicture } from './lineage.ts';
import { everythingIn, readXml } from './xml.fixture.ts';
import type { Element } from './xml.fixture.ts';

/** Names as training data has them. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><image href="http://x/"/>',
  "' onload='x",
  ']]>&amp;&#0;&bogus;',
  'javascript:x',
  '\u202Egnp.exe\u0000\u0007',
  '\uD800',
  '\uFFFE',
  'x'.repeat(10_000),
  '漢字'.repeat(40),
  'code',
  'math/plain',
];
const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 30 }));
const amount = fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1e15, noNaN: true }));
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 12 });
const steps = fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 30 });

/** Ranges of the given lengths, one after the other. */
function ranges(lengths: readonly number[]) {
  let next = 1;
  return lengths.map((length) => {
    const firstStep = next;
    next += length;
    return { firstStep, lastStep: next - 1 };
  });
}

const exposures: fc.Arbitrary<ExposurePicture> = fc.tuple(names, steps).chain(([groups, lengths]) =>
  fc.record({
    run: name,
    by: fc.constant('slice'),
    unit: fc.constantFrom('token', 'byte', 'share'),
    windows: fc.tuple(
      ...ranges(lengths).map((range) =>
        fc.record({
          firstStep: fc.constant(range.firstStep),
          lastStep: fc.constant(range.lastStep),
          amounts: fc
            .array(amount, { maxLength: groups.length })
            .map((amounts) => new Map(amounts.map((value, at) => [groups[at] ?? '', value]))),
          planned: fc.option(
            fc
              .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: groups.length })
              .map((shares) => new Map(shares.map((value, at) => [groups[at] ?? '', value]))),
            { nil: undefined },
          ),
          prorated: fc.boolean(),
        }),
      ),
    ),
    methods: fc.constant(new Map(groups.map((group) => [group, 'measured']))),
    isCumulative: fc.boolean(),
    notes: fc.array(name, { maxLength: 3 }),
  }),
);

const drifts: fc.Arbitrary<DriftPicture> = steps.chain((lengths) =>
  fc.record({
    run: name,
    by: fc.constant('domain'),
    tolerance: fc.double({ min: 0, max: 2, noNaN: true }),
    windows: fc.tuple(
      ...ranges(lengths).map((range) =>
        fc.record({
          firstStep: fc.constant(range.firstStep),
          lastStep: fc.constant(range.lastStep),
          l1: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
          kl: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
          reason: fc.option(name),
          furthest: fc.option(
            fc.record({ group: name, difference: fc.double({ min: -1, max: 1, noNaN: true }) }),
            { nil: undefined },
          ),
        }),
      ),
    ),
    changes: fc.array(fc.nat(10_000), { maxLength: 5 }),
    notes: fc.array(name, { maxLength: 3 }),
  }),
);

const distributions: fc.Arbitrary<DistributionPicture> = fc.record({
  run: name,
  attribute: name,
  unit: fc.constantFrom('token', 'byte', 'share'),
  values: fc.array(
    fc.record({
      name: fc.option(name, { nil: undefined }),
      amount,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      method: fc.constantFrom('measured', 'inferred'),
    }),
    { maxLength: 60 },
  ),
  notes: fc.array(name, { maxLength: 3 }),
});

const KINDS = ['shard', 'run', 'checkpoint', 'score'];

const graphs: fc.Arbitrary<LineagePicture> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 25 })
  .chain((ids) =>
    fc.record({
      node: fc.constant(ids[0] ?? ''),
      nodes: fc.tuple(
        ...ids.map((id) =>
          fc.record({
            id: fc.constant(id),
            kind: fc.constantFrom(...KINDS),
            stub: fc.boolean(),
            name,
          }),
        ),
      ),
      edges: fc.array(
        fc.record({
          source: fc.constantFrom(...ids),
          target: fc.constantFrom(...ids),
          kind: fc.constantFrom('consumed', 'saved', 'made <of>'),
          basis: fc.constantFrom('fact', 'product'),
          multiplicity: fc.integer({ min: 1, max: 9 }),
          consumed: fc.array(
            fc.record({
              unit: fc.constantFrom('token', 'share'),
              amount,
              methods: fc.constant(['measured']),
            }),
            { maxLength: 2 },
          ),
        }),
        { maxLength: 60 },
      ),
      counts: fc.array(
        fc.record({
          node: name,
          kind: fc.constantFrom(...KINDS),
          direction: fc.constant('up'),
          neighbours: fc.nat(),
        }),
        { maxLength: 5 },
      ),
      notes: fc.array(name, { maxLength: 3 }),
    }),
  );

const TAGS = ['circle', 'desc', 'g', 'line', 'path', 'rect', 'style', 'svg', 'text', 'title'];

/** What a picture must be, whatever is drawn in it. */
function expectSafe(svg: string): Element {
  const root = readXml(svg);
  const parts = everythingIn(root);
  for (const { tag, attributes } of parts) {
    expect(TAGS).toContain(tag);
    for (const attribute of attributes.keys()) expect(attribute).not.toMatch(/^on|href|src|style/);
  }
  expect(parts.filter(({ tag }) => tag === 'style')).toHaveLength(1);
  expect(root.children.slice(0, 2).map(({ tag }) => tag)).toEqual(['title', 'desc']);
  /* The namespace, and text that names have. */
  const references = svg.replaceAll('http://x/', '').match(/url\(|@import|https?:/g) ?? [];
  expect(references).toEqual(['http:']);
  return root;
}

const rows = (root: Element, styles: RegExp): Element[] =>
  everythingIn(root).filter(
    ({ tag, attributes }) => tag === 'rect' && styles.test(attributes.get('class') ?? ''),
  );

const hundredths = (element: Element, attribute: string): number =>
  Math.round(100 * Number(element.attributes.get(attribute)));

const RUNS = { numRuns: 60 };

it('labels steps with whole numbers that differ, of runs of any length', () => {
  const step = fc.oneof(fc.nat(20), fc.maxSafeNat());
  fc.assert(
    fc.property(step, step, (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const marks = ticks(from, to, 1);
      expect(marks.every((mark) => Number.isInteger(mark) && mark >= from && mark <= to)).toBe(true);
      expect(new Set(marks.map(count)).size).toBe(marks.length);
      expect(marks.length).toBeLessThanOrEqual(9);
    }),
    RUNS,
  );
});

describe('a picture of exposure', () => {
  it('is safe and the same again for any names and amounts, and its bands fill their columns exactly', () => {
    fc.assert(
      fc.property(exposures, (shown) => {
        const svg = exposurePicture(shown);
        const columns = new Map<string, number>();
        for (const band of rows(expectSafe(svg), /^band/)) {
          const panel = Number(band.attributes.get('y')) >= 200 ? 'planned' : 'consumed';
          const key = `${panel} ${band.attributes.get('x')}`;
          columns.set(key, (columns.get(key) ?? 0) + hundredths(band, 'height'));
        }
        for (const height of columns.values()) expect(height).toBe(17_000);
        const consumed = shown.windows.filter(({ amounts }) =>
          [...amounts.values()].some((value) => value > 0),
        );
        const drawn = [...columns.keys()].filter((key) => key.startsWith('consumed')).length;
        expect(drawn).toBeGreaterThanOrEqual(consumed.length);
        expect(shown.isCumulative || drawn === consumed.length).toBe(true);
        expect(exposurePicture(shown)).toBe(svg);
      }),
      RUNS,
    );
  });

  it('has a bounded size for 100,000 windows, and says how many are in a column', () => {
    const windows = ranges(Array.from({ length: 100_000 }, () => 3)).map((range, at) => ({
      ...range,
      amounts: new Map([
        ['web', at % 7],
        ...(at < 20 ? [[`slice ${at}`, 5] as const] : [['code', at % 3] as const]),
      ]),
      planned: new Map([
        ['web', 0.5],
        ['code', 0.5],
      ]),
      prorated: false,
    }));
    const methods = new Map([['web', 'measured']]);
    const shown = {
      run: 'long',
      by: 'slice',
      unit: 'token',
      windows,
      methods,
      isCumulative: false,
      notes: [],
    };
    const svg = exposurePicture(shown);
    expect(svg.length).toBeLessThan(1_000_000);
    expect(svg).toContain('100,000 windows, 500 to a column');
    expect(exposurePicture({ ...shown, isCumulative: true }).length).toBeLessThan(1_000_000);
  });
});

describe('a picture of a distribution', () => {
  it('is safe and the same again, with a bar for each value up to forty, as long as its share', () => {
    fc.assert(
      fc.property(distributions, (shown) => {
        const svg = distributionPicture(shown);
        const bars = rows(expectSafe(svg), /^(c[0-7]|unknown)$/);
        expect(bars).toHaveLength(Math.min(40, shown.values.length));
        for (const [at, { share }] of shown.values.slice(0, 39).entries()) {
          const width = hundredths(bars[at]!, 'width');
          expect(Math.abs(width - share * 40_000)).toBeLessThanOrEqual(1);
        }
        expect(distributionPicture(shown)).toBe(svg);
      }),
      RUNS,
    );
  });
});

describe('a picture of drift', () => {
  it('is safe and the same again, with a column for each window, and a mark for those out of tolerance', () => {
    fc.assert(
      fc.property(drifts, (shown) => {
        const svg = driftPicture(shown);
        const root = expectSafe(svg);
        const out = shown.windows.filter(({ l1 }) => l1 !== null && l1 > shown.tolerance);
        expect(rows(root, /^(over|within|unknown)$/)).toHaveLength(shown.windows.length);
        expect(rows(root, /^over$/)).toHaveLength(out.length);
        expect(driftPicture(shown)).toBe(svg);
      }),
      RUNS,
    );
  });

  it('shows the furthest of many windows', () => {
    const windows = ranges(Array.from({ length: 100_000 }, () => 1)).map((range, at) => ({
      ...range,
      l1: at === 51_234 ? 1.5 : 0.01,
      kl: 0,
      reason: null,
      furthest: undefined,
    }));
    const svg = driftPicture({ run: 'r', by: 'domain', tolerance: 0.05, windows, changes: [], notes: [] });
    expect(svg.length).toBeLessThan(200_000);
    expect(rows(readXml(svg), /^over$/)).toHaveLength(1);
    expect(svg).toContain('A column is the furthest of 500 windows.');
  });
});

describe('a picture of lineage', () => {
  it('is safe, has every node in one box and every edge in one link, and does not depend on their order', () => {
    fc.assert(
      fc.property(graphs, (shown) => {
        const svg = lineagePicture(shown);
        const root = expectSafe(svg);
        const boxes = rows(root, /^box/);
        const inBoxes = boxes.map((box) =>
          Number(/^([\d,]+) \w+s, from/.exec(box.children[0]?.text ?? '')?.[1] ?? 1),
        );
        expect(inBoxes.reduce((sum, nodes) => sum + nodes, 0)).toBe(shown.nodes.length);
        const corners = boxes.map((box) => `${box.attributes.get('x')} ${box.attributes.get('y')}`);
        expect(new Set(corners).size).toBe(boxes.length);
        expect(boxes.filter((box) => box.attributes.get('class')?.includes('focus'))).toHaveLength(1);
        const backwards = { ...shown, nodes: shown.nodes.toReversed() };
        expect(lineagePicture(backwards)).toBe(svg);
      }),
      RUNS,
    );
  });

  it('folds 100,000 shards of a run into one box with their number', () => {
    const shards = Array.from({ length: 100_000 }, (_, at) => ({
      id: `shard:${at}`,
      kind: 'shard',
      stub: at % 2 === 0,
      name: String(at),
    }));
    const consumed = [{ unit: 'token', amount: 3, methods: ['measured'] }];
    const svg = lineagePicture({
      node: 'run:r',
      nodes: [{ id: 'run:r', kind: 'run', stub: false, name: 'r' }, ...shards],
      edges: shards.map(({ id }) => ({
        source: id,
        target: 'run:r',
        kind: 'consumed',
        basis: 'fact',
        multiplicity: 1,
        consumed,
      })),
      counts: [],
      notes: [],
    });
    expect(svg.length).toBeLessThan(10_000);
    expect(svg).toContain('100,000 shards');
    expect(svg).toContain('consumed × 100,000: 300,000 token, measured');
    expect(svg).toContain('50,000 only referenced');
  });
});

it('is read by another reader of XML', () => {
  const drawn = [
    ...fc.sample(exposures, { seed: 1, numRuns: 20 }).map(exposurePicture),
    ...fc.sample(drifts, { seed: 1, numRuns: 20 }).map(driftPicture),
    ...fc.sample(distributions, { seed: 1, numRuns: 20 }).map(distributionPicture),
    ...fc.sample(graphs, { seed: 1, numRuns: 20 }).map(lineagePicture),
  ];
  const script = 'import json,sys,xml.dom.minidom as m\n[m.parseString(t) for t in json.load(sys.stdin)]';
  const { status, stderr } = spawnSync('python3', ['-c', script], {
    input: JSON.stringify(drawn),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
