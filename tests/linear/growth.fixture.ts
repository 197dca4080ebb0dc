import { plainYaml } from '@tributary/importers';

/** The files of a folder, by path. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** How a sample is made larger: wherever its format has more of the same, all at once. */
export type Growth = (files: Files, size: number) => Record<string, string | Uint8Array>;

type Members = { readonly [key: string]: Tree };
type Tree = null | boolean | number | string | readonly Tree[] | Members;
type Grown = (tree: Tree, size: number) => Tree;
type Lines = (lines: readonly string[], size: number) => readonly string[];

const times = <Item>(size: number, of: (at: number) => Item): Item[] =>
  Array.from({ length: size }, (_, at) => of(at));

const isTree = (value: unknown): value is Members | readonly Tree[] =>
  typeof value === 'object' && value !== null;
const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);

/** The same with other texts and numbers, so that it is no repetition. */
function varied(tree: Tree, at: number): Tree {
  if (typeof tree === 'string') return `${tree}${at}`;
  if (typeof tree === 'number') return Number.isInteger(tree) ? tree + at + 1 : tree;
  if (isList(tree)) return tree.map((item) => varied(item, at));
  if (!isTree(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, varied(value, at)]));
}

/** The tree with more items in each list, made of its last item. */
const longer =
  (copy: (item: Tree, at: number) => Tree): Grown =>
  (tree, size) => {
    const inner = (item: Tree) => longer(copy)(item, size);
    if (isList(tree)) {
      const last = tree.at(-1);
      return [...tree.map(inner), ...(last === undefined ? [] : times(size, (at) => copy(last, at)))];
    }
    if (!isTree(tree)) return tree;
    return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, inner(value)]));
  };

/** The tree with more members in each object, made of those that it has. */
const wider: Grown = (tree, size) => {
  if (isList(tree)) return tree.map((item) => wider(item, size));
  if (!isTree(tree)) return tree;
  const members = Object.entries(tree);
  const added = times(members.length === 0 ? 0 : size, (at): [string, Tree] => {
    const [key, value] = members[at % members.length] ?? ['', null];
    return [`${key}${at}`, varied(value, at)];
  });
  return Object.fromEntries([...members.map(([key, value]) => [key, wider(value, size)] as const), ...added]);
};

/** The tree with another one within each object, which is as deep as it is large. */
const deeper: Grown = (tree, size) => {
  if (isList(tree)) return tree.map((item) => deeper(item, size));
  if (!isTree(tree)) return tree;
  const [, innermost = null] = Object.entries(tree).at(-1) ?? [];
  const deep = times(size, (at) => at).reduce<Tree>(
    (inner, at) => (at % 2 ? [inner] : { a: inner }),
    innermost,
  );
  return Object.fromEntries([
    ...Object.entries(tree).map(([key, value]) => [key, deeper(value, size)] as const),
    ['deep', deep],
  ]);
};

/** A line with another first number. */
const variedLine = (line: string, at: number): string =>
  line.replace(/\d+/, (digits) => String(Number(digits) + at));

const cells = (line: string, delimiter: string, size: number, copy: (cell: string, at: number) => string) => {
  const own = line.split(delimiter);
  return [...own, ...times(size, (at) => copy(own[at % own.length] ?? '', at))].join(delimiter);
};
const delimiterIn = (line = ''): string => ['\t', ',', ';', '|'].find((each) => line.includes(each)) ?? ' ';

/** The lines of a table or a log with more columns. */
const widerLines =
  (copy: (cell: string, at: number) => string): Lines =>
  (lines, size) =>
    lines.map((line, index) =>
      line === '' ? '' : cells(line, delimiterIn(line), size, index === 0 ? copy : (cell) => cell),
    );

const parsed = (text: string): Tree | undefined => {
  try {
    const tree: unknown = JSON.parse(text);
    return isTree(tree) ? tree : undefined;
  } catch {
    return undefined;
  }
};

function yamlIn(path: string, text: string): Tree | undefined {
  if (!/\.ya?ml$/.test(path)) return undefined;
  const [tree] = plainYaml(text).documents;
  return isTree(tree) ? tree : undefined;
}

/** One file, grown by what it holds: a tree, trees by line, or lines. What is not text stays as it is. */
function grownFile(path: string, bytes: Uint8Array, size: number, ways: { tree: Grown; lines: Lines }) {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('\0') || text.includes('\uFFFD')) return bytes;
  const tree = parsed(text) ?? yamlIn(path, text);
  if (tree !== undefined) return JSON.stringify(ways.tree(tree, size));
  const lines = text.replace(/\n$/, '').split('\n');
  const trees = lines.map(parsed);
  const last = trees.at(-1);
  if (last === undefined || trees.includes(undefined)) return `${ways.lines(lines, size).join('\n')}\n`;
  /* Each line grows, or there are more of them, so that the whole is never larger by both. */
  const grown = trees.map((each) => ways.tree(each ?? null, size));
  const more = ways.tree([last], size);
  return `${[...grown, ...(isList(more) ? more.slice(1) : [])].map((each) => JSON.stringify(each)).join('\n')}\n`;
}

const within =
  (tree: Grown, lines: Lines): Growth =>
  (files, size) =>
    Object.fromEntries(
      Object.entries(files).map(([path, bytes]) => [path, grownFile(path, bytes, size, { tree, lines })]),
    );

const longerLines =
  (copy: (line: string, at: number) => string): Lines =>
  (lines, size) => [
    ...lines,
    ...times(size, (at) => copy(lines[lines.length - 1 - (at % Math.min(3, lines.length))] ?? '', at)),
  ];

const same = <Item>(item: Item): Item => item;

/** How samples grow. Each would be quadratic in a careless reader. */
export const GROWTHS: Readonly<Record<string, Growth>> = {
  long: within(longer(varied), longerLines(variedLine)),
  repeated: within(longer(same), longerLines(same)),
  wide: within(
    wider,
    widerLines((cell, at) => `${cell}${at}`),
  ),
  'wide, with repeated names': within(same, widerLines(same)),
  deep: within(deeper, (lines, size) => lines.map((line) => `${'['.repeat(size)}${line}`)),
  'in many folders': (files, size) =>
    Object.fromEntries(
      times(Math.ceil(size / 4), (at) => at).flatMap((at) =>
        Object.entries(files).map(([path, bytes]) => [`${at}/${path}`, bytes] as const),
      ),
    ),
  'of many files': (files, size) =>
    Object.fromEntries(
      Object.entries(files).flatMap(([path, bytes]) => [
        [path, bytes] as const,
        ...times(Math.ceil(size / 4), (at) => [path.replace(/(\.[^/]*)?$/, `${at}$1`), bytes] as const),
      ]),
    ),
};
