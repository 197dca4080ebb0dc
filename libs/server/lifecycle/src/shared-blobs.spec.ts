import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openSharedBlobs, requiredBlobs } from './shared-blobs.ts';

const topic = { clusterId: 'cluster', name: 'events' };
const directories: string[] = [];
const directory = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tributary-shared-blobs-'));
  directories.push(made);
  return made;
};

afterEach(() => directories.splice(0).forEach((path) => rmSync(path, { recursive: true })));

const codeOf = async (open: () => Promise<void>): Promise<string | undefined> => {
  try {
    await open();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

describe('the folder of blobs that services share', () => {
  it('is refused where the replica knows another one, and taken once the loss is accepted by the printed command', async () => {
    const root = directory();
    const paths = { blobs: join(root, 'blobs'), replica: join(root, 'replica') };
    await openSharedBlobs(paths, topic).mark({ isEmpty: true });
    const other = { ...paths, blobs: join(root, 'new') };
    let text = '';
    try {
      openSharedBlobs(other, topic);
    } catch (error) {
      text = String(error);
    }
    expect(text).toContain('is missing; it holds data of facts that were acknowledged');
    expect(text).not.toContain(root);
    const command = text.split('accept the loss by: ')[1] ?? 'false';
    execFileSync('sh', ['-c', command], { env: { PATH: '/usr/bin:/bin', TRIBUTARY_BLOBS: other.blobs } });
    expect(openSharedBlobs(other, topic).conditions()).toEqual([]);
    expect(openSharedBlobs(paths, topic).conditions()).toEqual([]);
  });

  it('is missed by a process without a replica at the first blob that is not there, and a blob is where the folder is the right one', async () => {
    const root = directory();
    const paths = { blobs: join(root, 'blobs'), replica: join(root, 'replica') };
    const blobs = openBlobs(paths.blobs);
    const { sha256 } = await blobs.put(Buffer.from('long'));
    const of = (folder: string) => requiredBlobs(openBlobs(folder), folder, topic);
    const lost = { code: 'blobs_missing', retryable: true };
    await expect(of(join(root, 'other')).read(sha256)).rejects.toMatchObject(lost);
    expect(await of(paths.blobs).read(sha256)).toEqual(Buffer.from('long'));
    await openSharedBlobs(paths, topic).mark({ isEmpty: false });
    expect(await of(paths.blobs).read('0'.repeat(64))).toBeUndefined();
    const copy = requiredBlobs(blobs, paths.blobs, { ...topic, name: 'events-2' });
    await expect(copy.read('0'.repeat(64))).rejects.toMatchObject(lost);
  });

  it('is a condition where it disappears under a running process, until it is back', async () => {
    const root = directory();
    const paths = { blobs: join(root, 'blobs'), replica: join(root, 'replica') };
    const shared = openSharedBlobs(paths, topic);
    await shared.mark({ isEmpty: true });
    rmSync(paths.blobs, { recursive: true });
    expect(shared.conditions()).toMatchObject([{ code: 'blobs_missing' }]);
    await openSharedBlobs({ ...paths, replica: join(root, 'second') }, topic).mark({ isEmpty: true });
    expect(shared.conditions()).toEqual([]);
  });

  it('may be shared by topics: a copy of a topic keeps the blobs of the first', async () => {
    const root = directory();
    const blobs = join(root, 'blobs');
    const copy = { ...topic, name: 'events-2' };
    for (const [one, replica] of [[topic, 'a'] as const, [copy, 'b'] as const])
      await openSharedBlobs({ blobs, replica: join(root, replica) }, one).mark({ isEmpty: true });
    for (const [one, replica] of [[topic, 'a'] as const, [copy, 'b'] as const])
      expect(openSharedBlobs({ blobs, replica: join(root, replica) }, one).conditions()).toEqual([]);
  });

  it('in random histories: a process that knows the folder never takes a new one, whoever started on it before', async () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('start' as const), process: fc.nat(2) }),
      fc.constant({ kind: 'forget' as const }),
      fc.constant({ kind: 'restore' as const }),
      fc.constant({ kind: 'new replica' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
        const root = directory();
        const right = join(root, 'right');
        openBlobs(right);
        let [blobs, fresh] = [right, 0];
        const knows = new Set<number>();
        const replica = (process: number) => join(root, `replica-${process}`);
        await openSharedBlobs({ blobs, replica: replica(0) }, topic).mark({ isEmpty: true });
        knows.add(0);
        for (const one of actions) {
          if (one.kind === 'forget') blobs = join(root, `wrong-${(fresh += 1)}`);
          if (one.kind === 'restore') blobs = right;
          if (one.kind === 'new replica') {
            rmSync(replica(1), { recursive: true, force: true });
            knows.delete(1);
          }
          if (one.kind !== 'start') continue;
          openBlobs(blobs);
          const paths = { blobs, replica: replica(one.process) };
          const refused = await codeOf(async () => openSharedBlobs(paths, topic).mark({ isEmpty: false }));
          expect(refused).toBe(blobs !== right && knows.has(one.process) ? 'blobs_missing' : undefined);
          if (blobs === right) knows.add(one.process);
        }
      }),
      { numRuns: 50 },
    );
  });
});
