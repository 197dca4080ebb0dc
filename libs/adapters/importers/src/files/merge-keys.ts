import { isAlias, isCollection, isMap, isNode, isPair, isScalar } from 'yaml';

/** How many values a node becomes where it stands, and where a merge key copies it. */
type Size = { readonly values: number; readonly merged: number };

const ONE: Size = { values: 1, merged: 1 };
/** A map that merges itself has no end. */
const ENDLESS: Size = { values: Infinity, merged: Infinity };

/**
 * How many values the merge keys of a document copy. An alias elsewhere is the value that it names and copies nothing, but
 * each `<<: *name` copies a map with all that is in it, and with what was merged into it.
 */
export function copiedByMerging(contents: unknown): number {
  const anchors = new Map<string, Size>();
  let copied = 0;

  function sizeOf(node: unknown): Size {
    if (isAlias(node)) return { values: 1, merged: anchors.get(node.source)?.merged ?? 1 };
    const anchor = isNode(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchors.set(anchor, ENDLESS);
    const size = isCollection(node) ? sizeOfItems(node.items, isMap(node)) : sizeOfLeaf(node);
    if (anchor !== undefined) anchors.set(anchor, size);
    return size;
  }

  function sizeOfItems(items: readonly unknown[], isOneMap: boolean): Size {
    const sizes = items.map(sizeOf);
    const values = sizes.reduce((sum, size) => sum + size.values, 1);
    return { values, merged: isOneMap ? values : sizes.reduce((sum, size) => sum + size.merged, 1) };
  }

  function sizeOfLeaf(node: unknown): Size {
    if (!isPair(node)) return ONE;
    const value = sizeOf(node.value);
    if (!isMergeKey(node.key)) return alike(sizeOf(node.key).values + value.values);
    copied += value.merged;
    return alike(1 + value.merged);
  }

  sizeOf(contents);
  return copied;
}

const alike = (values: number): Size => ({ values, merged: values });

/** A plain `<<` and any key with the tag `!!merge` is a symbol; with the tag `!!str` it stays text, and merges too. */
const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && (key.value === '<<' || (typeof key.value === 'symbol' && key.value.description === '<<'));
