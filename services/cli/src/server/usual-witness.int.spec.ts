import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { StatusDocument } from '../generated/documents.ts';
import { ask } from './graphql.ts';
import { postEvents } from './post-events.ts';
import { withServer } from './reach.ts';
import { usualWitness } from './usual-witness.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-usual-witness-'));
afterAll(() => rmSync(root, { recursive: true }));

const counts = { directories: 0, events: 0 };
const newPath = (): string => join(root, `d${(counts.directories += 1)}`);

const event = (): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `00000000-0000-7000-8000-${String((counts.events += 1)).padStart(12, '0')}`,
    source: 'urn:test',
    type: 'training.exposure.recorded',
    time: '2026-01-01T00:00:00Z',
    data: {
      runId: 'r',
      attempt: counts.events,
      firstStep: 1,
      lastStep: 1,
      unit: 'token',
      method: 'measured',
      amounts: [{ slice: 'code', amount: 1 }],
    },
  });

/** Records an event with a command of its own server. Returns the position of the log, and what the user is to know. */
async function record(data: string, environment: Readonly<Record<string, string>> = {}) {
  const reported: string[] = [];
  const report = (text: string) => void reported.push(text);
  const position = await withServer({ data, environment, report }, async (url) => {
    expect(await postEvents(url, [event()])).toMatchObject({ ok: true });
    return (await ask(url, StatusDocument, {})).status.log.position;
  });
  return { position, reported: reported.join('') };
}

function copyOf(data: string): string {
  const copy = newPath();
  cpSync(data, copy, { recursive: true });
  return copy;
}

function replaceWith(copy: string, data: string): void {
  rmSync(data, { recursive: true });
  renameSync(copy, data);
}

describe('a directory whose server was started without TRIBUTARY_WITNESS', () => {
  it('is told to be an older copy before anything is recorded in it, and goes on by hand', async () => {
    const data = newPath();
    await record(data);
    const older = copyOf(data);
    await record(data);
    replaceWith(older, data);
    const refused = record(data);
    await expect(refused).rejects.toMatchObject({
      code: 'older_copy',
      message: expect.stringMatching(/ends at position 1, .* has seen position 2.*TRIBUTARY_WITNESS=\)$/),
    });
    expect(JSON.parse(readFileSync(`${data}.witness`, 'utf8'))).toMatchObject({ position: '2' });
    renameSync(`${data}.witness`, `${data}.witness.before`);
    expect(await record(data)).toMatchObject({ position: '2' });
  });

  it('is told to be a copy that has gone on elsewhere, and to be another one', async () => {
    const [data, another] = [newPath(), newPath()];
    await record(data);
    const copy = copyOf(data);
    await record(data);
    for (let index = 0; index < 2; index += 1) await record(copy);
    replaceWith(copy, data);
    await expect(record(data)).rejects.toMatchObject({ code: 'other_copy' });
    await record(another);
    replaceWith(another, data);
    await expect(record(data)).rejects.toMatchObject({ code: 'witness_of_another_log' });
  });

  it('begins anew where somebody has deleted it, with a word and without losing what was known of it', async () => {
    const data = newPath();
    expect((await record(data)).reported).not.toContain('before');
    const [known, empty] = [readFileSync(`${data}.witness`, 'utf8'), newPath()];
    rmSync(data, { recursive: true });
    const { position, reported } = await record(data);
    expect(position).toBe('1');
    expect(reported).toContain(`${data} is empty, and there was a log in it before`);
    expect(readFileSync(`${data}.witness.before`, 'utf8')).toBe(known);
    mkdirSync(empty);
    replaceWith(empty, data);
    expect((await record(data)).reported).toContain('there was a log in it before');
  });

  it('leaves what is no witness where it is, and begins all the same', async () => {
    const [one, other] = [newPath(), newPath()];
    writeFileSync(`${one}.witness`, 'the will of somebody');
    mkdirSync(`${other}.witness`);
    for (const data of [one, other]) {
      expect(await record(data)).toMatchObject({
        position: '1',
        reported: expect.not.stringContaining('before'),
      });
      expect(existsSync(`${data}.witness.before`)).toBe(false);
    }
    expect(readFileSync(`${one}.witness`, 'utf8')).toBe('the will of somebody');
  });

  it('is not told by a variable that is set to nothing, or that names another file', async () => {
    const [data, witness] = [newPath(), newPath()];
    await record(data, { TRIBUTARY_WITNESS: '' });
    expect(existsSync(`${data}.witness`)).toBe(false);
    await record(data, { TRIBUTARY_WITNESS: witness });
    expect([existsSync(`${data}.witness`), existsSync(witness)]).toEqual([false, true]);
  });
});

it('has no witness where the directory is the root, and one where its parent is not there yet', () => {
  expect(usualWitness({ data: '/' })).toBeUndefined();
  expect(usualWitness({ data: join(root, 'a/b') })).toBe(join(root, 'a/b.witness'));
});

type Copy = { readonly path: string; readonly position: number };

/** A directory, its copies, and what is known of its newest one. */
class History {
  readonly #data = newPath();
  readonly #copies: Copy[] = [];
  #held = 0;
  #newest = 0;
  /** Of an older copy that was to be gone on with. */
  readonly refusals: string[] = [];

  async record(): Promise<void> {
    if (this.#held < this.#newest) {
      const refusal: unknown = await record(this.#data).catch((error: unknown) => error);
      this.refusals.push(refusal instanceof Fault ? refusal.code : 'none');
      return this.putBack(this.#copies.findLastIndex(({ position }) => position === this.#newest));
    }
    this.#held = Number((await record(this.#data)).position);
    this.#newest = this.#held;
    this.#copies.push({ path: copyOf(this.#data), position: this.#held });
  }

  putBack(which: number): void {
    const copy = this.#copies[which % this.#copies.length];
    if (copy === undefined) return;
    replaceWith(copyOf(copy.path), this.#data);
    this.#held = copy.position;
  }
}

it('tells exactly the copies that lack what was recorded, in generated histories', async () => {
  const acts = fc.array(fc.option(fc.nat(20), { nil: undefined, freq: 2 }), { minLength: 4, maxLength: 6 });
  const whole = async (steps: readonly (number | undefined)[]): Promise<void> => {
    const history = new History();
    for (const which of steps) await (which === undefined ? history.record() : history.putBack(which));
    await history.record();
    expect(history.refusals).toEqual(history.refusals.map(() => 'older_copy'));
  };
  await fc.assert(fc.asyncProperty(acts, whole), { numRuns: 3 });
});
