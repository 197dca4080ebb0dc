import { spawnSync } from 'node:child_process';

/** A member for an archive: its path and its content in base64, or the folder or link that it is. */
export type Packed = readonly [name: string, base64: string, type?: 'folder' | 'link'];

export type TarFormat = 'USTAR' | 'GNU' | 'PAX';

const PACK = `
import base64, io, json, sys, tarfile
for wanted in json.load(sys.stdin):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w', format=getattr(tarfile, wanted['format'] + '_FORMAT')) as archive:
        for name, content, *kind in wanted['members']:
            info = tarfile.TarInfo(name)
            body = base64.b64decode(content)
            info.type = {'folder': tarfile.DIRTYPE, 'link': tarfile.SYMTYPE}.get(kind[0] if kind else '', tarfile.REGTYPE)
            info.linkname = 'elsewhere' if kind else ''
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    print(base64.b64encode(out.getvalue()).decode())
`;

/** Archives as Python's own library writes them, which WebDataset uses too. */
export function pythonTars(
  wanted: readonly { readonly format: TarFormat; readonly members: readonly Packed[] }[],
): Buffer[] {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', PACK], {
    input: JSON.stringify(wanted),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`python3 wrote no archives: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'));
}

/** One archive of texts, in the format that Python writes where none is named. */
export function tarOf(
  texts: Readonly<Record<string, string | Uint8Array>>,
  format: TarFormat = 'PAX',
): Buffer {
  const members = Object.entries(texts).map(([name, text]): Packed => [
    name,
    Buffer.from(text).toString('base64'),
  ]);
  const [archive] = pythonTars([{ format, members }]);
  if (!archive) throw new Error('python3 wrote no archive');
  return archive;
}
