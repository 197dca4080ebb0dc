import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importedBy, sample } from './import.fixture.ts';
import { sha256Of } from './facts/text.ts';

/**
 * Ids of the events that importers of version 1.0 made of these samples, imported from their own folder and from the one around,
 * with the beginning of the digest of type and data. A log holds such events, and refuses another content under their ids.
 */
const released: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'released-ids.json'), 'utf8'),
);

describe.each(Object.entries(released))('events of %s that were released', (kind, digests) => {
  it.each([kind, '.'])('are never made with other content, imported from %s', async (path) => {
    const events = (await importedBy(kind, await sample(path))).flatMap((part) => part.events);
    expect(events.length).toBeGreaterThan(0);
    const digestOf = ({ type, data }: (typeof events)[number]) =>
      sha256Of(JSON.stringify([type, data])).slice(0, 12);
    const others = events.filter((event) => (digests[event.id] ?? digestOf(event)) !== digestOf(event));
    expect(others).toEqual([]);
  });
});
