/** The index beside a Megatron `.bin`: sequences, documents, and how wide a token is. */
export type IndexedDataset = {
  readonly sequences: number;
  readonly documents: number;
  /** Items of text sequences: all of them, but for a multimodal file. */
  readonly tokens: number;
  /** Items of sequences of another mode than text. */
  readonly otherItems: number;
  readonly itemBytes: number;
  /** Bytes of the `.bin` file as the index has them. */
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

/** Reads an `.idx` file; a text says why it cannot be one. */
export function indexedDatasetIn(bytes: Uint8Array): IndexedDataset | string {
  if (!isIndexedDataset(bytes)) return 'it does not start with MMIDIDX';
  if (bytes.length < HEADER_BYTES)
    return `it is cut short: the header has ${HEADER_BYTES} bytes, there are ${bytes.length}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getBigUint64(9, true);
  if (version !== 1n) return `its version is ${version}; only 1 is known`;
  const code = view.getUint8(17);
  const itemBytes = ITEM_BYTES[code];
  if (!itemBytes) return `its dtype code ${code} is unknown`;
  const sequences = Number(view.getBigUint64(18, true));
  const listed = Number(view.getBigUint64(26, true));
  const modesAt = HEADER_BYTES + sequences * 12 + listed * 8;
  if (modesAt > bytes.length) return `it is cut short: ${modesAt} bytes are due, there are ${bytes.length}`;
  const multimodal = sequences > 0 && bytes.length === modesAt + sequences;
  const lengthOf = (sequence: number) => view.getInt32(HEADER_BYTES + sequence * 4, true);
  const modeOf = (sequence: number) => (multimodal ? view.getInt8(modesAt + sequence) : 0);
  const counted = itemsIn(sequences, lengthOf, modeOf);
  if (typeof counted === 'string') return counted;
  const last = sequences - 1;
  const pointer = HEADER_BYTES + sequences * 4 + last * 8;
  const binBytes = last < 0 ? 0 : Number(view.getBigInt64(pointer, true)) + lengthOf(last) * itemBytes;
  if (!Number.isSafeInteger(binBytes) || binBytes < 0) return `its last pointer leads to byte ${binBytes}`;
  const documents = Math.max(0, listed - 1);
  return { sequences, documents, ...counted, itemBytes, binBytes, multimodal, lengthOf };
}

/** Items of text sequences and of others; a text says why they cannot be counted. */
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
