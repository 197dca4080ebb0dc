import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './names.ts';
import type { NodeId } from './names.ts';
import type { DiskImage } from './simulated-disk.ts';

/** Writes the files of an image into a new directory: all of them, or those under some names of the root. */
export function writeImage(image: DiskImage, directory: string, only?: readonly string[]): void {
  mkdirSync(directory);
  for (const [name, node] of image.names.entries.get(ROOT) ?? [])
    if (only?.includes(name) ?? true) writeNode(image, node, join(directory, name));
}

function writeNode(image: DiskImage, node: NodeId, path: string): void {
  const kind = image.names.kinds[node];
  if (kind === 'link') return symlinkSync(image.targets.get(node) ?? '', path);
  if (kind === 'file') return writeFileSync(path, image.bytes(node));
  mkdirSync(path);
  for (const [name, child] of image.names.entries.get(node) ?? []) writeNode(image, child, join(path, name));
}

/**
 * Paths at which a directory is not what an image says. Nothing differs where every change of the files was recorded,
 * except in files that are mapped into memory.
 */
export function differences(image: DiskImage, directory: string, node = ROOT, path = ''): string[] {
  const entries = image.names.entries.get(node) ?? new Map<string, NodeId>();
  const names = new Set([...entries.keys(), ...readdirSync(join(directory, path))]);
  return [...names].flatMap((name) => {
    const child = entries.get(name);
    const relative = join(path, name);
    if (child === undefined) return [`${relative} was not recorded`];
    const file = join(directory, relative);
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (!found) return [`${relative} is missing`];
    if (found.isDirectory()) return differences(image, directory, child, relative);
    const isEqual = found.isSymbolicLink()
      ? readlinkSync(file) === image.targets.get(child)
      : readFileSync(file).equals(image.bytes(child));
    return isEqual ? [] : [`${relative} differs`];
  });
}
