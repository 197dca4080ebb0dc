import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'tributary-batch-'));
const source = join(folder, 'mini');
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tributary(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, TRIBUTARY_DATA: data };
    execFile(process.execPath, [main, ...words], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), out, err }),
    );
  });
}

describe.skipIf(!existsSync(main))('tributary batch (needs a build)', () => {
  beforeAll(async () => {
    cpSync(join(root, 'examples/samples/megatron-data'), source, { recursive: true });
    const { err } = await tributary('import', source, '--name', 'mini', '--quiet');
    if (err !== '') throw new Error(err);
    rmSync(source, { recursive: true });
  });

  it('shows the documents of a step and where they were read, after the source folder is gone', async () => {
    const { code, out } = await tributary('batch', 'mini', '--step', '3', '--quiet');
    expect(code).toBe(0);
    expect(out).toContain(
      'mini, step 3: 8 samples, 128 tokens, reconstructed from index files of Megatron\n',
    );
    expect(out).toContain(
      'not compared with the exposure recorded of step 3: it was inferred from the same files\n',
    );
    expect(out).toMatch(/^ +16 {2}\w+_text_document +\d+ {2}/m);
    expect(out).toMatch(/web_text_document +\d+ {2}\d+ to \d+ .*web\/part-0000\d\.parquet:\d+$/m);
  });

  it('prints it as JSON, in pages', async () => {
    const { out } = await tributary('batch', 'mini', '--step', '3', '--first', '2', '--after', '2', '--json');
    const answer: unknown = JSON.parse(out);
    const check = new Ajv2020({ strict: true, allowUnionTypes: true });
    const valid = check.compile(JSON.parse(readFileSync(join(root, 'schemas/answers/batch.json'), 'utf8')));
    expect(valid(answer) ? undefined : { errors: valid.errors, answer }).toBeUndefined();
    expect(answer).toMatchObject({ step: 3, level: 'reconstructed', pageInfo: { endCursor: '4' } });
  });

  it('is not known where the files were not kept, which verify counts', async () => {
    const sample = join(root, 'examples/samples/megatron-data');
    const other = ['--data', join(folder, 'other')];
    const { err } = await tributary('import', sample, '--name', 'mini', '--no-keep-raw', '--quiet', ...other);
    expect(err).toBe('');
    const batch = JSON.parse((await tributary('batch', 'mini', '--step', '3', '--json', ...other)).out);
    expect(batch).toMatchObject({ items: 8, nodes: [], complete: false });
    expect(batch.reason).toContain('is not kept here; import the run with the file again');
    const verified = JSON.parse((await tributary('verify', '--json', ...other)).out);
    expect(verified).toMatchObject({ ok: true, blobs: { missing: 0, notKept: 11 } });
    const kept = JSON.parse((await tributary('verify', '--json')).out);
    expect(kept).toMatchObject({ ok: true, blobs: { missing: 0, notKept: 0 } });
  });

  it('refuses a step that nothing mentions, and one that is no number', async () => {
    const nothing = await tributary('batch', 'mini', '--step', '11');
    expect(nothing.code).toBe(1);
    expect(nothing.err).toContain('mentions step 11 of run mini');
    const word = await tributary('batch', 'mini', '--step', 'x');
    expect([word.code, word.err]).toEqual([2, expect.stringContaining('whole number')]);
  });
});
