import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { folderOf, importers, recognise, whyUnrecognised } from './index.ts';

it('says of gzip that holds too much what is said where it is rejected', async () => {
  const folder = folderOf('t', {
    'large.json.gz': gzipSync(Buffer.alloc(80 * 1024 * 1024, '{"a":1,'), { level: 9 }),
    'events.ndjson': '{"specversion":"1.0","type":"x"}\n',
  });
  const { unread } = await recognise(importers, folder);
  expect(unread.map(({ path }) => path)).toEqual(['large.json.gz']);
  expect(await whyUnrecognised(folder.files)).toEqual([
    { path: 'events.ndjson', reason: 'a file of events: import it by a command of its own' },
    { path: 'large.json.gz', reason: unread[0]?.reason },
  ]);
});
