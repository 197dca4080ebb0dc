import { Fault } from '@tributary/kernel';
import { ByteSource } from './byte-source.ts';
import { RowBytes } from './row-bytes.ts';
import { paxRecords, TAR_BLOCK, tarHeader, textUntilNul } from './tar-header.ts';
import type { TarHeader } from './tar-header.ts';

/** A file in an archive. `bytes` are undefined where there are more of them than a row may have. */
export type TarMember = {
  readonly name: string;
  readonly bytes: Buffer | undefined;
  readonly hasNul: boolean;
};

/**
 * The files of a tar archive (POSIX with extended headers, and GNU), in their order, one in memory at a time. Throws Fault
 * `file_broken` where the archive cannot be followed to the blocks that end it, or where more follows these.
 */
export async function* tarMembers(content: AsyncIterable<Buffer>): AsyncGenerator<TarMember> {
  const source = new ByteSource(content);
  try {
    let said: Said = {};
    for (let header = await nextHeader(source); header; header = await nextHeader(source)) {
      const { kind } = header;
      const isMember = kind === 'file' || kind === 'other';
      const size = (isMember ? said.size : undefined) ?? header.size;
      const { bytes, hasNul } = await bodyOf(source, header.hasBody ? size : 0);
      const name = said.name ?? header.name;
      /* Old archives have folders as files whose names end so. */
      if (kind === 'file' && !name.endsWith('/')) yield { name, bytes, hasNul };
      said = isMember ? {} : { ...said, ...saidBy(kind, bytes) };
    }
    await requireEnd(source);
  } finally {
    await source.close();
  }
}

/** What headers before it say of a member. */
type Said = { readonly name?: string; readonly size?: number };

function saidBy(kind: TarHeader['kind'], bytes: Buffer | undefined): Said {
  if (kind === 'note') return {};
  if (bytes === undefined) throw new Fault('file_broken', 'a tar header is longer than a row may be');
  if (kind === 'long name') return { name: textUntilNul(bytes) };
  const records = paxRecords(bytes);
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse.')))
    throw new Fault('file_broken', 'a file of the tar archive is stored with holes, which is not read');
  const [name, size] = [records.get('path'), records.get('size')];
  return { ...(name !== undefined && { name }), ...(size !== undefined && { size: requireSize(size) }) };
}

function requireSize(text: string): number {
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(size))
    throw new Fault('file_broken', 'an extended tar header has a size that is none');
  return size;
}

/** The next header; undefined at a block of zeros, which ends an archive. */
async function nextHeader(source: ByteSource): Promise<TarHeader | undefined> {
  const at = source.at;
  const block = await source.bytes(TAR_BLOCK);
  return isZero(block) ? undefined : tarHeader(block, at);
}

async function bodyOf(source: ByteSource, size: number): Promise<Omit<TarMember, 'name'>> {
  const body = new RowBytes();
  let hasNul = false;
  for await (const part of source.take(size)) {
    hasNul ||= part.includes(0);
    body.add(part);
  }
  await source.bytes(-size & (TAR_BLOCK - 1));
  return { bytes: body.take(), hasNul };
}

/** Archives are padded with zeros. Another archive behind the first one would not be read by tar either. */
async function requireEnd(source: ByteSource): Promise<void> {
  for await (const part of source.rest())
    if (!isZero(part))
      throw new Fault('file_broken', 'the tar archive ends, and more follows that was not read');
}

const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);
