import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { kindFrom } from '../entity-kinds.ts';
import { match } from '../server/entity-named.ts';
import { entitiesText, hitsText, reportText } from '../text/entities.ts';
import { conditionsFrom, limitFrom, listAnswer } from './list.ts';
import type { EntityPage } from './list.ts';
import { searchAnswer } from './search.ts';
import type { Hits } from './search.ts';
import type { EntityReport } from './show.ts';

const end = { asOf: { position: '12', time: null }, complete: true, reason: null, lag: 0 };
const run = (key: string, name: string, details: EntityPage['nodes'][number]['details']) => ({
  id: `run:${key}`,
  kind: 'run' as const,
  key,
  name,
  registered: key !== 'b',
  details,
  firstRecorded: '2026-11-24T10:00:00Z',
  lastRecorded: '2026-11-24T11:00:00Z',
});
const list: EntityPage = {
  nodes: [
    run('a', 'Calm Delta', [{ key: 'status', value: 'failed' }]),
    run('b', 'b', [{ key: 'model', value: 'm\u001B[31m' }]),
  ],
  totalCount: 7,
  pageInfo: { hasNextPage: true, endCursor: 'b' },
  ...end,
};
const hit = (
  kind: 'run' | 'shard' | 'mixture',
  key: string,
  field: string,
  fit: 'whole' | 'beginning' | 'part',
) => ({
  id: `${kind}:${key}`,
  kind,
  key,
  field,
  fit,
  excerpt: `…${key}`,
  evidence: '3',
});
const found = (...nodes: Hits['nodes']): Hits => ({ nodes, totalCount: 9, similar: [], ...end });
const report: EntityReport = {
  entity: run('a', 'Calm Delta', [{ key: 'status', value: 'failed' }]),
  neighbours: [{ direction: 'up', edge: 'consumed', kind: 'shard', neighbours: 2_000 }],
  events: [{ position: '3', type: 'training.run.started', recordTime: '2026-11-24T10:00:00Z' }],
  evidenceTotal: 25,
  same: [],
  ...end,
};

it.each([
  ['list', listAnswer(list)],
  ['search', searchAnswer(found(hit('run', 'a', 'id', 'whole')))],
  ['show', report],
])('prints the answer of %s by its schema', (name, answer) => {
  const path = join(import.meta.dirname, `../../../../schemas/answers/${name}.json`);
  const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(path, 'utf8')),
  );
  valid(JSON.parse(JSON.stringify(answer)));
  expect(valid.errors).toBeNull();
});

describe('a list', () => {
  it('has a column for each detail, marks what is only referenced, and says how many there are', () => {
    expect(entitiesText('run', list)).toBe(
      [
        'run                  name        status  model',
        'a                    Calm Delta  failed',
        'b (only referenced)  b                   m\uFFFD[31m',
        '',
        '2 of 7; --limit 7 lists all',
        '',
        'as of position 12, complete',
      ].join('\n'),
    );
    expect(entitiesText('mixture', { ...list, nodes: [] })).toContain('there is no such mixture');
  });

  it('takes conditions by name, status, model and what is connected', () => {
    expect(conditionsFrom(['name=a=b', 'status=failed', 'model=olmo', 'sources=npm/vue@3.4.38'])).toEqual({
      contains: 'a=b',
      status: 'failed',
      model: 'olmo',
      neighbour: 'source:npm/vue@3.4.38',
    });
  });

  it.each([
    ['no equals sign', ['failed'], 'write KEY=VALUE'],
    ['no value', ['name='], 'write KEY=VALUE'],
    ['an unknown key', ['colour=red'], 'colour is none of name, status, model, runs'],
    ['an unknown status', ['status=dead'], 'one of planned, running, completed'],
    ['two neighbours', ['run=a', 'shard=b'], 'only one condition'],
  ])('refuses %s', (_, conditions, text) => {
    expect(() => conditionsFrom(conditions)).toThrow(text);
  });

  it('knows kinds in singular, plural and other words, and refuses others', () => {
    expect(['Run', 'runs', 'evaluations', 'packages', 'addresses'].map(kindFrom)).toEqual([
      'run',
      'run',
      'score',
      'source',
      'uri',
    ]);
    expect(() => kindFrom('toString')).toThrow('toString is no kind; there are: runs, experiments');
    expect(() => limitFrom('0')).toThrow('integer from 1');
  });
});

it('shows hits with why they were found, and what is most like a text that nothing contains', () => {
  const text = hitsText('a', found(hit('run', 'a', 'id', 'whole'), hit('shard', 'b', 'address', 'part')));
  expect(text).toContain('run    a   id\nshard  b   part of address  …b\n\n2 of 9');
  expect(hitsText('x', { ...found(), similar: ['run:y'] })).toContain(
    'nothing recorded contains x\nmost like it: run:y',
  );
});

it('shows an entity with what surrounds it and the events that name it', () => {
  expect(reportText(report)).toBe(
    [
      'run a',
      'name      Calm Delta',
      'status    failed',
      'recorded  2026-11-24T10:00:00Z to 2026-11-24T11:00:00Z',
      '',
      'direction  edge      kind   number',
      'made from  consumed  shard   2,000',
      '',
      'position  event                 recorded',
      '3         training.run.started  2026-11-24T10:00:00Z',
      'named by 25 events, 1 of them listed',
      '',
      'as of position 12, complete',
    ].join('\n'),
  );
});

describe('a text names', () => {
  const run1 = hit('run', 'r-1', 'id', 'beginning');
  const run10 = hit('run', 'r-10', 'id', 'beginning');
  const named = hit('mixture', 'full', 'name', 'whole');

  it.each([
    ['what has it as its id, before what begins with it', 'r-1', [run1, run10], 'run:r-1'],
    ['the only one whose id begins with it', 'r-10', [run10, named], 'run:r-10'],
    ['the only one with this name', 'The mixture', [named], 'mixture:full'],
    ['nothing that only contains it', 'ull', [hit('mixture', 'full', 'id', 'part')], undefined],
  ])('%s', (_, text, hits, expected) => {
    expect(match(text, text, found(...hits))).toBe(expected);
  });

  it('nothing where several have it, and the refusal lists them', () => {
    expect(() => match('r-', 'r-', found(run1, run10))).toThrow(
      'several are named r-: run:r-1, run:r-10. Give one',
    );
    const other = hit('shard', 'r-1', 'id', 'whole');
    expect(() => match('r-1', 'r-1', found(run1, other))).toThrow('run:r-1, shard:r-1');
  });
});
