import { createHash } from 'node:crypto';
import { jsonObjects } from '@tributary/documents';
import type { JsonObject } from '@tributary/documents';
import { appendAll, valueIn } from '@tributary/kernel';
import { ItemIndex } from './item-index.ts';
import type { EvaluationItem } from './item-index.ts';

export type ItemSource = {
  readonly path: string;
  /** The fields whose texts are compared; without them every text of an item is. */
  readonly fields: readonly string[];
  /** Words of an n-gram. */
  readonly words: number;
};

type ReadItems =
  | {
      readonly ok: true;
      readonly index: ItemIndex;
      /** Items without an n-gram, which nothing can find. */
      readonly tooShort: number;
      /** Of everything that is compared. */
      readonly sha256: string;
    }
  | {
      readonly ok: false;
      readonly refusal: 'items_unreadable' | 'items_broken' | 'items_too_short';
      readonly text: string;
    };

/**
 * Reads evaluation items: a JSON object a line or an element of an array. An item that cannot be read could not be found
 * either, so the whole file is refused then: `items_unreadable`, `items_broken`; `items_too_short` where no item has an n-gram.
 */
export async function readItems({ path, fields, words }: ItemSource): Promise<ReadItems> {
  const index = new ItemIndex(words);
  const digest = createHash('sha256');
  let tooShort = 0;
  try {
    for await (const row of jsonObjects(path)) {
      if ('code' in row && row.code === 'blank_row') continue;
      const item = 'code' in row ? row.reason : itemOf(row, fields);
      if (typeof item === 'string') return refused('items_broken', `row ${row.row} of ${path}: ${item}`);
      digest.update(`${JSON.stringify([item.id, item.texts])}\n`);
      if (!index.add(item)) tooShort += 1;
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return refused('items_unreadable', `${path} cannot be read (${error.message})`);
  }
  if (index.items.length === 0)
    return refused(
      'items_too_short',
      `no item of ${path} has a text of ${words} words; there are ${tooShort} shorter ones: lower --ngram`,
    );
  return { ok: true, index, tooShort, sha256: digest.digest('hex') };
}

const refused = (refusal: 'items_unreadable' | 'items_broken' | 'items_too_short', text: string) =>
  ({ ok: false, refusal, text }) as const;

/** The item of a row, or why there is none. */
function itemOf({ row, members }: JsonObject, fields: readonly string[]): EvaluationItem | string {
  const missing = fields.find((field) => valueIn(members, field) === undefined);
  if (missing !== undefined) return `it has no field ${missing}`;
  const values = fields.length === 0 ? members : fields.map((field) => valueIn(members, field));
  return { row, id: idOf(members) ?? `row ${row}`, texts: textsIn(values) };
}

/** The fields in which sets of items keep what names one. */
const ID_FIELDS = ['id', 'item_id', 'task_id', 'doc_id', 'question_id', 'uid', 'uuid'];

function idOf(members: JsonObject['members']): string | undefined {
  for (const field of ID_FIELDS) {
    const id = valueIn(members, field);
    if (typeof id === 'string' || typeof id === 'number') return String(id);
  }
  return undefined;
}

/** Every text in a value, in its order, however deep it is nested. Ids, labels and links are too short to have an n-gram. */
function textsIn(value: unknown): readonly string[] {
  const texts: string[] = [];
  const open = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string') texts.push(one);
    else if (typeof one === 'object' && one !== null) appendAll(open, Object.values(one).toReversed());
  }
  return texts;
}
