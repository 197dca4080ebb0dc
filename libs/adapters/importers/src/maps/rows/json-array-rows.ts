import type { SourceFile } from '../../files/folder.ts';
import { isObject } from '../../files/untyped-values.ts';
import { flatMembers, jsonIn, rowCells, scalarText } from './json-rows.ts';
import { GrowingColumns } from './row.ts';
import type { Row, RowRefusals, RowSource } from './row.ts';
import { textParts } from './text-lines.ts';
import type { TextFlaws } from './text-lines.ts';

/** A longer row is refused, so that a row without end does not fill the memory. */
const MAX_ROW = 1024 * 1024;

/** Whether a text begins as a JSON array of objects or lists. */
export const beginsRows = (text: string): boolean => /^\s*\[\s*[[{]/.test(text);

/** The rows of a JSON array, of which each is an object, or a list whose columns `names` names. Rows count from 1. */
export function jsonArrayRows(
  file: SourceFile,
  { head, names }: { readonly head: string; readonly names: readonly string[] | undefined },
  flaws: TextFlaws,
): RowSource | string {
  const first = new ArrayElements().take(head).map(({ text }) => jsonIn(text));
  if (names === undefined && Array.isArray(first[0]))
    return 'its rows are lists: name what they hold in their order, such as columns: [step, loss]';
  const known = first.flatMap((value) => (isObject(value) ? flatMembers(value).map(([name]) => name) : []));
  const growing = new GrowingColumns([...new Set([...(names ?? []), ...known])]);
  return {
    unit: 'row',
    columns: growing.names,
    async *rows(refusals) {
      const elements = new ArrayElements();
      for await (const part of textParts(file)) {
        const found = elements.take(part);
        noteUndecodable(found, flaws);
        const batch = found.flatMap((element) => rowOf(element, { growing, names }, refusals) ?? []);
        if (batch.length > 0) yield batch;
      }
      const problem = elements.problem();
      if (problem !== undefined) refusals.refuse(elements.count + 1, '', problem);
    },
  };
}

function noteUndecodable(elements: readonly Element[], flaws: TextFlaws): void {
  for (const { at, text } of elements) {
    if (!text.includes('\uFFFD')) continue;
    if (flaws.undecodable === 0) flaws.firstUndecodable = at;
    flaws.undecodable += 1;
  }
}

type Layout = { readonly growing: GrowingColumns; readonly names: readonly string[] | undefined };

function rowOf(
  { at, text, isTooLong }: Element,
  { growing, names }: Layout,
  refusals: RowRefusals,
): Row | undefined {
  const value = isTooLong ? undefined : jsonIn(text);
  if (isObject(value)) return { at, cells: rowCells(value, growing) };
  if (Array.isArray(value) && value.length === names?.length) return { at, cells: value.map(scalarText) };
  refusals.refuse(at, '', isTooLong ? 'the row is longer than 1 MiB' : reasonAgainst(value, names));
  return undefined;
}

function reasonAgainst(value: unknown, names: Layout['names']): string {
  if (!Array.isArray(value) || names === undefined) return 'the row is not a JSON object';
  return `the row has ${value.length} cells, the map names ${names.length} columns`;
}

type Element = { readonly at: number; readonly text: string; readonly isTooLong: boolean };

/** Splits the text of a JSON array into its elements, without holding more than one of them. */
class ArrayElements {
  /** Elements that ended. */
  count = 0;
  #depth = 0;
  #inString: 'no' | 'yes' | 'escaped' = 'no';
  #element = '';
  #isTooLong = false;
  #isOver = false;
  #hasMore = false;

  /** The elements that end in the next part of the text. */
  take(part: string): Element[] {
    const ended: Element[] = [];
    let start = 0;
    for (let index = 0; index < part.length; index += 1) {
      const character = part[index] ?? '';
      if (this.#isOver) this.#hasMore ||= character.trim() !== '';
      else if (this.#inString !== 'no') this.#readString(character);
      else if (this.#endsElement(character)) {
        this.#add(part.slice(start, index));
        this.#end(ended);
        start = index + 1;
      } else if (character === '[' && this.#depth === 1) start = index + 1;
    }
    if (!this.#isOver && this.#depth > 0) this.#add(part.slice(start));
    return ended;
  }

  /** What is wrong with the end of the text. */
  problem(): string | undefined {
    if (!this.#isOver) return 'the JSON array does not end: the file is truncated';
    return this.#hasMore ? 'more text follows the JSON array, and was not read' : undefined;
  }

  /** Whether an element ends at a character outside of strings: a comma of the array, or its end. */
  #endsElement(character: string): boolean {
    if (character === '"') this.#inString = 'yes';
    else if (character === '[' || character === '{') this.#depth += 1;
    else if (character === ']' || character === '}') this.#depth -= 1;
    this.#isOver = this.#depth === 0 && character === ']';
    return this.#isOver || (this.#depth === 1 && character === ',');
  }

  #readString(character: string): void {
    if (this.#inString === 'escaped') this.#inString = 'yes';
    else if (character === '\\') this.#inString = 'escaped';
    else if (character === '"') this.#inString = 'no';
  }

  #add(text: string): void {
    this.#isTooLong ||= this.#element.length + text.length > MAX_ROW;
    this.#element = this.#isTooLong ? '' : this.#element + text;
  }

  #end(ended: Element[]): void {
    const element = { at: this.count + 1, text: this.#element, isTooLong: this.#isTooLong };
    this.#element = '';
    this.#isTooLong = false;
    if (this.#isOver && element.text.trim() === '' && !element.isTooLong) return;
    this.count += 1;
    ended.push(element);
  }
}
