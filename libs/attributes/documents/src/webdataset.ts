import { decoded, membersOf } from './json-rows.ts';
import { MAX_ROW_BYTES } from './row.ts';
import type { RawRow } from './row.ts';
import type { TarMember } from './tar.ts';

/**
 * The samples of a WebDataset as rows of JSON: files that follow each other and have one path up to the first dot of their
 * names. A field is named by what is behind that dot, in lower case, and holds the text of its file, or null where the
 * file is no text in UTF-8; `__key__` is the path. The fields of an object in a `json` file are fields of the row as they
 * stand there, and a file of such a name comes before them. A file without a dot is a sample by itself.
 */
export async function* samplesOf(members: AsyncIterable<TarMember>): AsyncGenerator<RawRow> {
  let row = 0;
  for await (const sample of gathered(members)) {
    yield sample.row(row);
    row += 1;
  }
}

async function* gathered(members: AsyncIterable<TarMember>): AsyncGenerator<Sample> {
  let sample: Sample | undefined;
  for await (const member of members) {
    const { key, field } = partsOf(member.name);
    if (sample && (sample.key !== key || field === undefined)) {
      yield sample;
      sample = undefined;
    }
    if (field === undefined) yield new Sample(key);
    else (sample ??= new Sample(key)).add(field, member);
  }
  if (sample) yield sample;
}

function partsOf(name: string): { readonly key: string; readonly field: string | undefined } {
  const dot = name.indexOf('.', name.lastIndexOf('/') + 2);
  if (dot < 0) return { key: name, field: undefined };
  return { key: name.slice(0, dot), field: name.slice(dot + 1).toLowerCase() };
}

/** Of members of one name the last one counts, as JSON has it: so fields of a `json` file come first. */
class Sample {
  readonly key: string;
  #described = '';
  #fields = '';
  #isTooLong = false;

  constructor(key: string) {
    this.key = key;
  }

  add(field: string, { bytes, hasNul }: TarMember): void {
    const text = bytes && !hasNul ? decoded(bytes) : undefined;
    if (bytes === undefined && !hasNul) this.#isTooLong = true;
    const inner = field === 'json' && bytes && text !== undefined ? innerOf(bytes, text) : undefined;
    if (inner === undefined) this.#fields += `,${JSON.stringify(field)}:${JSON.stringify(text ?? null)}`;
    else this.#described += inner;
    this.#isTooLong ||= this.#described.length + this.#fields.length > MAX_ROW_BYTES;
    if (this.#isTooLong) this.#described = this.#fields = '';
  }

  row(row: number): RawRow {
    if (this.#isTooLong) return { row, bytes: undefined };
    const key = `${JSON.stringify('__key__')}:${JSON.stringify(this.key)}`;
    const bytes = Buffer.from(`{${this.#described}${key}${this.#fields}}`);
    return { row, bytes: bytes.length > MAX_ROW_BYTES ? undefined : bytes };
  }
}

/** The members of a JSON object with a comma behind them, as they stand there; undefined if it is none. */
function innerOf(bytes: Buffer, text: string): string | undefined {
  if (!membersOf({ row: 0, bytes }).ok) return undefined;
  const inner = text.trim().slice(1, -1).trim();
  return inner === '' ? '' : `${inner},`;
}
