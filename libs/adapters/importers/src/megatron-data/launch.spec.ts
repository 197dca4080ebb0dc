import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import type { SourceFile } from '../files/folder.ts';
import { factsOf, importOf, sample } from '../import.fixture.ts';
import { megatronData } from './megatron-data.ts';

const folder = await sample('megatron-data');
const found = (name: string): SourceFile => {
  const file = folder.files.find(({ path }) => path.endsWith(name));
  if (!file) throw new Error(`the sample has no ${name}`);
  return file;
};

describe('the run of a cache of Megatron', () => {
  it('follows the arguments that name the data of the cache, whatever else was launched from the same folder', async () => {
    const read = folder.files.map(async (file) => [file.path, await file.read()] as const);
    const files = Object.fromEntries(await Promise.all(read));
    const idOf = async (more: Readonly<Record<string, string | Uint8Array>>) =>
      factsOf(await importOf(megatronData, more), 'training.order.recorded').map(({ runId }) => runId);
    const alone = await idOf(files);
    expect(alone).toEqual([expect.stringMatching(/^args@[0-9a-f]{12}$/)]);
    const other = 'x --data-path 0.5 /d/web 0.5 /d/code --seq-length 16 --global-batch-size 4\n';
    expect(await idOf({ ...files, 'other.sh': other })).toEqual(alone);
    const below = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`deep/${path}`, bytes]));
    expect(await idOf({ ...below, 'other/other.sh': other })).toEqual(alone);
    const twice = new TextDecoder().decode(await found('args.yaml').read()).replace('iters: 10', 'iters: 5');
    expect(await idOf({ ...files, 'again.yaml': twice })).toEqual([]);
    expect(await idOf({ ...files, 'backup/args.yaml': files['args.yaml'] ?? '' })).toEqual(alone);
  });

  it('names the runs of several caches by what they hold, wherever they lie, and takes a copy for no other', async () => {
    const read = folder.files.map(async (file) => [file.path, await file.read()] as const);
    const files = Object.fromEntries(await Promise.all(read));
    const moved = (to: string, change = (text: string) => text) =>
      Object.fromEntries(
        Object.entries(files).map(([path, bytes]) =>
          path.endsWith('description.txt')
            ? [`${to}/${path}`, change(new TextDecoder().decode(bytes))]
            : [`${to}/${path}`, bytes],
        ),
      );
    const runsOf = async (more: Readonly<Record<string, string | Uint8Array>>) =>
      new Set(
        factsOf(await importOf(megatronData, more, { name: 'mine' }), 'training.order.recorded').map(
          ({ runId }) => runId,
        ),
      );
    expect(await runsOf({ ...moved('a'), ...moved('b') })).toEqual(new Set(['mine']));
    const spaced = (text: string) => `${text}\n`;
    const both = await runsOf({ ...moved('a'), ...moved('b', spaced) });
    expect([...both]).toEqual([expect.stringMatching(/^mine\/args@[0-9a-f]{12}$/)]);
    expect(await runsOf({ ...moved('x/c'), ...moved('d', spaced) })).toEqual(both);
  });

  it('takes arguments whose paths begin with a variable that is set elsewhere, unless others name the very paths', async () => {
    const script = (web: string) =>
      `x --data-path 70 ${web} 30 $DATA/code_text_document --seq-length 16 --global-batch-size 8\n`;
    const files = folder.files.filter(({ path }) => !path.includes('args'));
    const importWith = async (web: string, more: readonly SourceFile[] = []) =>
      importOf(megatronData, {
        name: folder.name,
        files: [...files, ...more, ...folderOf('x', { 'run.sh': script(web) }).files],
      });
    const runsOf = async (...given: Parameters<typeof importWith>) =>
      factsOf(await importWith(...given), 'training.order.recorded').map(({ runId }) => runId);
    expect(await runsOf('$DATA/web_text_document')).toEqual([expect.stringMatching(/^run@/)]);
    expect(await runsOf('${DATA}/megatron/web_text_document')).toEqual([expect.stringMatching(/^run@/)]);
    expect(await runsOf('$DATA/web_text_document', [found('args.yaml')])).toEqual([
      expect.stringMatching(/^args@/),
    ]);
    for (const other of ['$DATA/other/web_text_document', '$DATA/text_document', '$DATA']) {
      const imported = await importWith(other);
      expect(factsOf(imported, 'training.order.recorded')).toEqual([]);
      expect(imported.unresolved.map(({ reason }) => reason)).toContainEqual(
        expect.stringContaining(
          'no file in the import names its data (/data/mini/megatron/web_text_document, /data/mini/megatron/code_text_document)',
        ),
      );
    }
  });
});
