/** The index of a Megatron `.bin` file: sequences, documents and the width of a token. */
export type IndexedDataset = {
  readonly sequences: number;
  readonly documents: number;
  /** Items of text sequences, which are all items unless the file is multimodal. */
  readonly tokens: number;
  /** Items of sequences that are not text. */
  readonly otherItems: number;
  readonly itemBytes: number;
  /** Bytes of the `.bin` file according to the index. */
  readonly binBytes: number;
  readonly multimodal: boolean;
  readonly lengthOf: (sequence: number) => number;
};

const MAGIC = 'MMIDIDX\0\0';
const HEADER_BYTES = 34;

/** dtype codes: uint8, int8, int16, int32, int64, float64, float32, uint16. */
const ITEM_BYTES = [0, 1, 1, 2, 4, 8, 8, 4, 2];

export const isIndexedDataset = (head: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(head.subarray(0, 9)) === MAGIC;

/** What the first bytes of an `.idx` file say. The lengths of its sequences follow: 32-bit integers, little-endian. */
type IndexHeader = { readonly sequences: number; readonly listed: number; readonly itemBytes: number };

/** Where the lengths of an `.idx` file are, and how many. Returns the reason as a string if its first bytes are invalid. */
export function lengthsInIndex(head: Uint8Array): { start: number; count: number } | string {
  const header = headerIn(head);
  return typeof header === 'string' ? header : { start: HEADER_BYTES, count: header.sequences };
}

function headerIn(bytes: Uint8Array): IndexHeader | string {
  if (!isIndexedDataset(bytes)) return 'the file does not start with MMIDIDX';
  if (bytes.length < HEADER_BYTES)
    return `the file is truncated: the header has ${HEADER_BYTES} bytes, the file ${bytes.length}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getBigUint64(9, true);
  if (version !== 1n) return `the format version is ${version}; only version 1 is supported`;
  const code = view.getUint8(17);
  const itemBytes = ITEM_BYTES[code];
  if (!itemBytes) return `the dtype code ${code} is unknown`;
  const [sequences, listed] = [Number(view.getBigUint64(18, true)), Number(view.getBigUint64(26, true))];
  return { sequences, listed, itemBytes };
}

/** Parses an `.idx` file. Returns the reason as a string if it is invalid. */
export function indexedDatasetIn(bytes: Uint8Array): IndexedDataset | string {
  const header = headerIn(bytes);
  if (typeof header === 'string') return header;
  const { sequences, listed, itemBytes } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const modesAt = HEADER_BYTES + sequences * 12 + listed * 8;
  if (modesAt > bytes.length)
    return `the file is truncated: its header requires ${modesAt} bytes, the file has ${bytes.length}`;
  const multimodal = sequences > 0 && bytes.length === modesAt + sequences;
  const lengthOf = (sequence: number) => view.getInt32(HEADER_BYTES + sequence * 4, true);
  const modeOf = (sequence: number) => (multimodal ? view.getInt8(modesAt + sequence) : 0);
  const counted = itemsIn(sequences, lengthOf, modeOf);
  if (typeof counted === 'string') return counted;
  const last = sequences - 1;
  const pointer = HEADER_BYTES + sequences * 4 + last * 8;
  const binBytes = last < 0 ? 0 : Number(view.getBigInt64(pointer, true)) + lengthOf(last) * itemBytes;
  if (!Number.isSafeInteger(binBytes) || binBytes < 0)
    return `the last pointer leads to byte ${binBytes}, which is not a valid offset`;
  const documents = Math.max(0, listed - 1);
  return { sequences, documents, ...counted, itemBytes, binBytes, multimodal, lengthOf };
}

/** Counts the items of text and other sequences. Returns the reason as a string if a length is invalid. */
function itemsIn(
  sequences: number,
  lengthOf: (sequence: number) => number,
  modeOf: (sequence: number) => number,
): Pick<IndexedDataset, 'tokens' | 'otherItems'> | string {
  let tokens = 0;
  let otherItems = 0;
  for (let sequence = 0; sequence < sequences; sequence += 1) {
    const length = lengthOf(sequence);
    if (length < 0) return `sequence ${sequence} has ${length} items`;
    if (modeOf(sequence) === 0) tokens += length;
    else otherItems += length;
  }
  return { tokens, otherItems };
}
