/** An element as it was read; `text` is unescaped. */
export type Element = {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
};

const TOKEN = /<\/([a-z]+)>|<([a-z]+)((?: [a-zA-Z0-9-]+="[^"<]*")*)(\/?)>|([^<]+)/y;
const ATTRIBUTE = / ([a-zA-Z0-9-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/** Characters that XML 1.0 allows. */
const ALLOWED = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

function unescaped(text: string): string {
  if (!ALLOWED.test(text)) throw new Error('a character that XML forbids');
  return text.replaceAll(/&([^;]{0,8};?)/g, (found, name: string) => {
    const character = name.endsWith(';') ? ENTITIES[name.slice(0, -1)] : undefined;
    if (character === undefined) throw new Error(`${found} is no entity`);
    return character;
  });
}

function elementOf(tag: string, given: string): Element {
  const pairs = [...given.matchAll(ATTRIBUTE)].map(
    ([, name = '', value = '']) => [name, unescaped(value)] as const,
  );
  const attributes = new Map(pairs);
  if (attributes.size < pairs.length) throw new Error('an attribute twice');
  return { tag, attributes, children: [], text: '' };
}

/** Takes the token at the position of the pattern into the elements that are open, and opens or closes one. */
function take(text: string, open: Element[]): void {
  const at = TOKEN.lastIndex;
  const match = TOKEN.exec(text);
  const inner = open.at(-1);
  if (!match || !inner) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 60)}`);
  const [, closed, opened, given = '', isEmpty, content = ''] = match;
  inner.text += unescaped(content);
  if (closed !== undefined && open.pop()?.tag !== closed) throw new Error(`</${closed}> closes nothing`);
  if (opened === undefined) return;
  const element = elementOf(opened, given);
  inner.children.push(element);
  if (isEmpty === '') open.push(element);
}

/** Reads the part of XML that pictures are written in: elements, attributes in double quotes, and text. Throws otherwise. */
export function readXml(text: string): Element {
  const root = elementOf('', '');
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) take(text, open);
  const [only] = root.children;
  if (open.length !== 1 || !only || root.children.length > 1) throw new Error('not one element');
  return only;
}

/** An element and everything in it. */
export const everythingIn = (element: Element): Element[] => [
  element,
  ...element.children.flatMap(everythingIn),
];
