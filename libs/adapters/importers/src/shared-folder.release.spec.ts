import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from './import.fixture.ts';
import { importers, recognise } from './index.ts';

/** A rejection must name its source and its reason. */
const isExplained = ({ source, reason }: { source: string; reason: string }) =>
  source !== '' && reason !== '';

describe.skipIf(!hasShared(''))('the shared data as one folder (needs shared data)', () => {
  it(
    'imports every kind in it without a failure, and every fact matches its schema',
    { timeout: 120_000 },
    async () => {
      const folder = await shared('');
      const { sources, ambiguous, unrecognised, failed } = await recognise(importers, folder);
      expect({ ambiguous, failed }).toEqual({ ambiguous: [], failed: [] });
      const ids = new Map<string, string>();
      const paths: string[] = [];
      for (const { importer, folder: matched } of sources) {
        paths.push(...matched.files.map(({ path }) => path));
        const { events, rejected, plan } = await importer.read(matched, {});
        expect(rejected.every(isExplained)).toBe(true);
        expect(plan.events).toBe(events.length);
        for (const event of events) {
          expect(checkFact(event.type, event.data)).toBeUndefined();
          const text = JSON.stringify(event.data);
          expect(ids.get(event.id) ?? text).toBe(text);
          ids.set(event.id, text);
        }
      }
      expect([...paths, ...unrecognised].toSorted()).toEqual(folder.files.map(({ path }) => path).toSorted());
      const kinds = new Set(sources.map(({ importer }) => importer.kind));
      expect([...kinds]).toEqual(expect.arrayContaining(['sweep', 'score-table', 'lm-eval']));
    },
  );
});
