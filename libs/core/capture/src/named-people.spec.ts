import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { admit } from './admit.ts';
import type { Actor, Scope } from './http/actor.ts';

const SCHEMAS = join(import.meta.dirname, '../../../../schemas');
const LATEST = '2100-01-01T00:00:00Z';

const actor = (name: string, ...scopes: Scope[]): Actor => ({ name, scopes: new Set(scopes) });

const codeOf = (by: Actor, type: string, data: object, more: object = {}): string => {
  const event = { specversion: '1.0', id: 'e', source: 'urn:test', type, data, ...more };
  const admission = admit({ bytes: Buffer.from(JSON.stringify(event)), isUtf8: true }, LATEST, { by });
  return admission.ok ? 'admitted' : `${admission.rejection.code} ${admission.rejection.pointer}`;
};

const plan = (decidedBy: string) => ({
  mixtureId: 'm',
  unit: 'token_share',
  phases: [{ name: 'all', fromStep: 0, weights: [{ slice: 'web', weight: 1 }] }],
  rationale: 'because',
  decidedBy,
});
const approval = { mixtureId: 'm', approvedBy: 'ada' };
const retraction = { shardId: 's', reason: 'r', actor: 'ada' };
const ended = { runId: 'r', attempt: 1, status: 'completed', lastStep: 1 };

it.each([
  ['mixture.plan.decided', plan('ada'), '/data/decidedBy'],
  ['mixture.plan.approved', approval, '/data/approvedBy'],
  ['corpus.shard.retracted', retraction, '/data/actor'],
])('takes %s from whom it names alone, who may decide', (type, data, pointer) => {
  expect(codeOf(actor('ada', 'write', 'decide'), type, data)).toBe('admitted');
  expect(codeOf(actor('ada', 'write'), type, data)).toBe('scope_missing /type');
  expect(codeOf(actor('eve', 'write', 'decide'), type, data)).toBe(`actor_mismatch ${pointer}`);
  expect(codeOf(actor('eve', 'write'), type, data)).toBe(`actor_mismatch ${pointer}`);
  expect(codeOf(actor('eve', 'write', 'import'), type, data)).toBe('admitted');
});

it('takes a test of a family, which names nobody, from whom may decide', () => {
  const type = 'attribution.test.recorded';
  const test = {
    familyId: 'f',
    hypothesis: 'h',
    estimator: { id: 'e', version: '1' },
    inputPosition: '0',
    pValue: 0.5,
  };
  expect(codeOf(actor('eve', 'write', 'decide'), type, test)).toBe('admitted');
  expect(codeOf(actor('eve', 'write'), type, test)).toBe('scope_missing /type');
  expect(codeOf(actor('eve', 'write', 'import'), type, test)).toBe('admitted');
});

it('takes a plan that names nobody, as files do that are imported, from those who may import', () => {
  const type = 'mixture.plan.decided';
  expect(codeOf(actor('eve', 'write', 'decide'), type, plan('unknown'))).toBe(
    'actor_mismatch /data/decidedBy',
  );
  expect(codeOf(actor('eve', 'write', 'import'), type, plan('unknown'))).toBe('admitted');
});

it('takes a correction in the name of its sender alone, whatever it corrects', () => {
  const correcting = { corrects: 'e0', correctionreason: 'it failed', actor: 'ada' };
  expect(codeOf(actor('ada', 'write'), 'training.run.ended', ended, correcting)).toBe('admitted');
  expect(codeOf(actor('eve', 'write'), 'training.run.ended', ended, correcting)).toBe(
    'actor_mismatch /actor',
  );
  expect(codeOf(actor('eve', 'write'), 'training.run.ended', ended)).toBe('admitted');
});

/** Every member of the newest schemas by whose name a fact says who did something, with the type of the fact. */
function peopleInSchemas(): string[] {
  const events = join(SCHEMAS, 'events');
  const files = readdirSync(events, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /^\w+\/[\w.-]+\.v\d+\.json$/.test(file) && !file.includes('history'),
  );
  return files.flatMap((file) => {
    const { properties = {} }: { properties?: Record<string, { type?: string }> } = JSON.parse(
      readFileSync(join(events, file), 'utf8'),
    );
    const [context = '', name = ''] = file.split('/');
    const type = `${context}.${name.replace(/\.v\d+\.json$/, '')}`;
    return Object.keys(properties)
      .filter((member) => /^actor$|By$/.test(member))
      .map((member) => `${type} ${member}`);
  });
}

it('knows every member of every fact that names who did something', () => {
  const source = readFileSync(join(import.meta.dirname, 'named-people.ts'), 'utf8');
  const known = [...source.matchAll(/\['([a-z.]+)', \[([^\]]+)\]\]/g)].flatMap(([, type, members = '']) =>
    members.split(', ').map((member) => `${type} ${member.replaceAll("'", '')}`),
  );
  const NOBODY = new Set(['mixture.plan.superseded supersededBy']);
  const found = peopleInSchemas().filter((one) => !NOBODY.has(one));
  expect(found.length).toBeGreaterThan(8);
  expect(known.toSorted()).toEqual(found.toSorted());
});
