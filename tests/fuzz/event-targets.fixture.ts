import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFact, isFactType, upcasting } from '@tributary/contracts';
import type { Fact } from '@tributary/contracts';
import { corpusUpcasters } from '@tributary/corpus';
import { canonicalDigest, canonicalJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import { admit, latestTime } from '../../libs/core/capture/src/admit.ts';
import { bindAttributes } from '../../libs/core/capture/src/binary-mode.ts';
import { decodedAttributes } from '../../libs/protocols/cloudevents/src/binary-headers.ts';
import type { Target } from './target.fixture.ts';
import { exampleEvents, JSON_TEXTS } from './texts.fixture.ts';

const LATEST = latestTime(Date.UTC(2026, 10, 30) * 1_000);

/** The first byte says how many headers come first; each is a line with a colon. */
const binaryMode: Target = {
  name: 'CloudEvents in binary mode',
  kinds: [/^invalid_envelope /, /^corpus\./, /^missing|^schema_violation|^invalid_json/],
  seeds: async () =>
    exampleEvents().map((event) => {
      const { data, ...attributes } = JSON.parse(event.toString()) as Record<string, unknown>;
      const lines = Object.entries({ ...attributes, subject: '"a\\"%20b"' }).map(
        ([name, value]) => `ce-${name}:${String(value)}\n`,
      );
      return Buffer.from(`${String.fromCharCode(lines.length)}${lines.join('')}${JSON.stringify(data)}`);
    }),
  read(input) {
    const headers: string[] = [];
    let at = 1;
    for (let left = (input[0] ?? 0) % 12; left > 0; left -= 1) {
      const end = input.indexOf('\n', at);
      if (end < 0) break;
      const line = input.subarray(at, end).toString('latin1');
      const colon = Math.max(0, line.indexOf(':'));
      headers.push(line.slice(0, colon), line.slice(colon + 1));
      at = end + 1;
    }
    const bound = bindAttributes(decodedAttributes(headers), 'application/json', input.subarray(at));
    const admitted = bound.ok ? admit(bound.event, LATEST) : bound;
    if (admitted.ok) return admitted.event.type;
    const { code, message, pointer } = admitted.rejection;
    if (message === '') throw new Error('a refusal without a reason');
    return `${code} ${pointer.slice(0, 20)}`;
  },
};

const upcast = upcasting(corpusUpcasters);
const golden = join(import.meta.dirname, '../../schemas/golden/corpus.shard.registered.v1.ndjson');

/** What was accepted in any version is read as the newest one. */
const upcasters: Target = {
  name: 'facts of earlier versions',
  kinds: [/^upcast corpus\.shard\.registered/, /^as it is /, /^refused /],
  seeds: async () => {
    const earlier = readFileSync(golden, 'utf8').trimEnd().split('\n');
    return [
      ...earlier.map((line) => Buffer.from(JSON.stringify(JSON.parse(line).event))),
      ...exampleEvents(),
    ];
  },
  read(input) {
    const admitted = admit({ bytes: input, isUtf8: true }, LATEST);
    if (!admitted.ok) return `refused ${admitted.rejection.code}`;
    const written: unknown = JSON.parse(input.toString('utf8'));
    if (!isFact(written)) return 'no data';
    const read = upcast(written);
    const violation = checkFact(read.type, read.data);
    if (violation) throw new Error(`${read.type} was read as what its schema refuses: ${violation.pointer}`);
    return `${read === written ? 'as it is' : 'upcast'} ${read.type}`;
  },
};

const isFact = (written: unknown): written is Fact =>
  typeof written === 'object' &&
  written !== null &&
  'data' in written &&
  'type' in written &&
  typeof written.type === 'string' &&
  isFactType(written.type);

/** The members of all objects in the other order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, turned(member)] as const);
  return Object.fromEntries(members.toReversed());
}

/** JCS: equal values have one text, whatever the order of their members, and it is read as what it was made of. */
const canonical: Target = {
  name: 'canonical JSON',
  kinds: [/^not_canonical/, /^canonical object/, /^no JSON/],
  seeds: async () => [...JSON_TEXTS, ...exampleEvents()],
  read(input) {
    let value: unknown;
    try {
      value = JSON.parse(input.toString('utf8'));
    } catch {
      return 'no JSON';
    }
    try {
      const text = canonicalJson(value);
      if (canonicalJson(JSON.parse(text)) !== text) throw new Error('the canonical text has another one');
      if (canonicalJson(turned(value)) !== text) throw new Error('the order of members changes the text');
      if (typeof value !== 'object' || value === null) return `canonical ${typeof value}`;
      const digest = createHash('sha256').update(text).digest('hex');
      if (canonicalDigest(value) !== digest) throw new Error('the digest is that of another text');
      return `canonical ${Array.isArray(value) ? 'array' : 'object'}`;
    } catch (error) {
      if (error instanceof Fault && error.code === 'not_canonical') return error.code;
      throw error;
    }
  },
};

export const EVENT_TARGETS: readonly Target[] = [binaryMode, upcasters, canonical];
