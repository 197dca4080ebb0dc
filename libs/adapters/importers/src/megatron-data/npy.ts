/** A NumPy array of whole numbers: `at` reads by place in C order. */
export type Npy = { readonly shape: readonly number[]; readonly at: (index: number) => number };

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const WIDTHS: Readonly<Record<string, number>> = { i1: 1, u1: 1, i2: 2, u2: 2, i4: 4, u4: 4, i8: 8, u8: 8 };

/** Reads format versions 1 to 3 (numpy.lib.format); a text says why bytes are none. */
export function npyIn(bytes: Uint8Array): Npy | string {
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) return 'it does not start like a .npy file';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = endOfHeader(view);
  if (start === undefined) return 'it ends within its header';
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, start));
  const [, order = '|', type = ''] = /'descr'\s*:\s*'([<>|=])(\w+)'/.exec(header) ?? [];
  const width = WIDTHS[type];
  if (width === undefined) return `its numbers are of type ${type || 'unknown'}, not whole numbers`;
  const shape = shapeIn(header);
  if (!shape) return 'its shape is not readable';
  if (/'fortran_order'\s*:\s*True/.test(header) && shape.length > 1) return 'it is in column order';
  const size = shape.reduce((product, part) => product * part, 1);
  if (bytes.length < start + size * width) return `it is cut short: ${size} numbers are due`;
  return { shape, at: readerOf(view, start, type, order !== '>') };
}

/** Where the numbers start; the length of the header has two bytes in version 1, four later. */
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
