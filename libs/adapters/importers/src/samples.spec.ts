import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { importers, readFolder, recognise } from './index.ts';
import { counted, measured, SAMPLES, sampleOf } from './samples.fixture.ts';

async function importsOf(path: string) {
  const found = await recognise(importers, await readFolder(join(SAMPLES, path)));
  const read = await Promise.all(
    found.sources.map(async ({ importer, folder }) => ({
      kind: importer.kind,
      ...(await importer.read(folder, {})),
    })),
  );
  return { ...found, read };
}

describe.each(importers.map(({ kind }) => kind))('the sample of %s', (kind) => {
  it('is read by it alone, and holds what was counted otherwise', async () => {
    expect(readdirSync(SAMPLES)).toContain(sampleOf(kind));
    const { read, ambiguous, failed } = await importsOf(sampleOf(kind));
    expect({ ambiguous, failed, kinds: [...new Set(read.map((source) => source.kind))] }).toEqual({
      ambiguous: [],
      failed: [],
      kinds: [kind],
    });
    const events = [
      ...new Map(read.flatMap((source) => source.events).map((event) => [event.id, event])).values(),
    ];
    for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
    const { refused = 0, ...expected } = counted[kind] ?? {};
    expect(measured(events)).toEqual(expected);
    expect(events.length).toBeGreaterThan(0);
    const rejected = read.flatMap((source) => source.rejected);
    expect(rejected).toHaveLength(refused);
    for (const { source, reason } of rejected) expect([source, reason]).not.toContain('');
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

it.skipIf(!hasPython)('the recipes write the samples that lie there, byte for byte (needs python3)', () => {
  const out = mkdtempSync(join(tmpdir(), 'tributary-recipes-'));
  try {
    execFileSync('python3', ['-B', join(SAMPLES, 'recipes/make.py'), out]);
    const written = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(written.length).toBeGreaterThan(30);
    for (const { parentPath, name } of written) {
      const path = join(parentPath, name);
      const lying = readFileSync(join(SAMPLES, path.slice(out.length)));
      expect([path, readFileSync(path).equals(lying)]).toEqual([path, true]);
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
