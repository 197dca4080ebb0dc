/** A NumPy array of integers. `at` reads by flat index in C order. */
export type Npy = { readonly shape: readonly number[]; readonly at: (index: number) => number };

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const WIDTHS = new Map(Object.entries({ i1: 1, u1: 1, i2: 2, u2: 2, i4: 4, u4: 4, i8: 8, u8: 8 }));

/** Where the numbers of an array are in its file, and how to read them. */
export type NpyLayout = {
  readonly shape: readonly number[];
  /** Offset of the first number in the file, and bytes of each. */
  readonly start: number;
  readonly width: number;
  /** Reads numbers by their index in bytes that hold a part of them, which starts at a number. */
  readonly numbersIn: (bytes: Uint8Array) => (index: number) => number;
};

/** A header longer than this is none. */
export const MAX_NPY_HEADER = 64 * 1024;

/** Parses the header of format versions 1 to 3 (numpy.lib.format). Returns the reason as a string if it is invalid. */
export function npyLayout(head: Uint8Array): NpyLayout | string {
  if (MAGIC.some((byte, index) => head[index] !== byte))
    return 'the file does not start with the magic bytes of .npy';
  const view = viewOf(head);
  const start = endOfHeader(view);
  if (start === undefined) return 'the file ends within its header';
  const header = new TextDecoder('latin1').decode(head.subarray(10, start));
  const [, order = '|', type = ''] = /'descr'\s*:\s*'([<>|=])(\w+)'/.exec(header) ?? [];
  const width = WIDTHS.get(type);
  if (width === undefined) return `the array has the type ${type || 'unknown'}, which is not an integer type`;
  const shape = shapeIn(header);
  if (!shape) return 'the header has no valid shape';
  if (/'fortran_order'\s*:\s*True/.test(header) && shape.length > 1)
    return 'the array is in column-major (Fortran) order, which is not supported';
  return { shape, start, width, numbersIn: (bytes) => readerOf(viewOf(bytes), 0, type, order !== '>') };
}

/** Parses a whole file. Returns the reason as a string if the bytes are invalid. */
export function npyIn(bytes: Uint8Array): Npy | string {
  const layout = npyLayout(bytes);
  if (typeof layout === 'string') return layout;
  const { shape, start, width, numbersIn } = layout;
  const size = shape.reduce((product, part) => product * part, 1);
  if (bytes.length < start + size * width)
    return `the file is truncated: the header declares ${size} numbers`;
  return { shape, at: numbersIn(bytes.subarray(start)) };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The offset at which the numbers start. The length of the header has two bytes in version 1 and four later. */
function endOfHeader(view: DataView): number | undefined {
  if (view.byteLength < 12) return undefined;
  const end = view.getUint8(6) > 1 ? 12 + view.getUint32(8, true) : 10 + view.getUint16(8, true);
  return end <= view.byteLength ? end : undefined;
}

function shapeIn(header: string): number[] | undefined {
  const parts = (/'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1] ?? '?').split(',').map((part) => part.trim());
  const shape = parts.filter((part) => part !== '').map((part) => Number(part.replace(/L$/, '')));
  return shape.every((size) => Number.isSafeInteger(size) && size >= 0) ? shape : undefined;
}

function readerOf(view: DataView, start: number, type: string, little: boolean): (index: number) => number {
  switch (type) {
    case 'i1':
      return (index) => view.getInt8(start + index);
    case 'u1':
      return (index) => view.getUint8(start + index);
    case 'i2':
      return (index) => view.getInt16(start + index * 2, little);
    case 'u2':
      return (index) => view.getUint16(start + index * 2, little);
    case 'i4':
      return (index) => view.getInt32(start + index * 4, little);
    case 'u4':
      return (index) => view.getUint32(start + index * 4, little);
    case 'i8':
      return (index) => Number(view.getBigInt64(start + index * 8, little));
    default:
      return (index) => Number(view.getBigUint64(start + index * 8, little));
  }
}
