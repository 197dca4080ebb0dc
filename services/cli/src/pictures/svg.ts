type Tag = 'svg' | 'style' | 'title' | 'desc' | 'g' | 'rect' | 'line' | 'path' | 'text' | 'circle';

type AttributeName =
  | ('x' | 'y' | 'x1' | 'y1' | 'x2' | 'y2' | 'cx' | 'cy' | 'r' | 'rx' | 'd' | 'width' | 'height')
  | ('class' | 'role' | 'xmlns' | 'viewBox' | 'transform' | 'font-family');

type Attributes = { readonly [Name in AttributeName]?: string | number };

/**
 * An element of a picture. Tags and attributes are closed sets without scripts, events and references, and all text is
 * escaped as it is written, so no name can become markup.
 */
export type Part = {
  readonly tag: Tag;
  readonly attributes: Attributes;
  readonly content: readonly Part[] | string;
};

export const part = (tag: Tag, attributes: Attributes, content: Part['content'] = []): Part => ({
  tag,
  attributes,
  content,
});

/** A line of text. */
export const label = (x: number, y: number, text: string, styles = 'label'): Part =>
  part('text', { x, y, class: styles }, text);

/** The text of an element. Numbers have two decimals, so the same picture has the same bytes. */
export function rendered({ tag, attributes, content }: Part): string {
  const given = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`)
    .join('');
  const inner = typeof content === 'string' ? escaped(content) : content.map(rendered).join('\n');
  return inner === '' ? `<${tag}${given}/>` : `<${tag}${given}>${inner}</${tag}>`;
}

/** A length in hundredths; whatever is not finite is 0. */
const rounded = (value: number): string => String(Number.isFinite(value) ? Math.round(value * 100) / 100 : 0);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

const escaped = (text: string): string =>
  visible(text).replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '');

/** Characters that XML forbids, that cannot be seen or that turn the direction of text are shown as U+FFFD. */
const visible = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');

/** A recorded name in so many columns, where wide characters take two. Longer ones are cut. */
export function shortened(text: string, columns: number): string {
  let used = 0;
  let kept = '';
  for (const character of text.slice(0, 4 * columns)) {
    used += (character.codePointAt(0) ?? 0) < 0x11_00 ? 1 : 2;
    if (used > columns) return `${kept.slice(0, Math.max(0, kept.length - 1))}…`;
    kept += character;
  }
  return kept.length < text.length ? `${kept}…` : kept;
}
