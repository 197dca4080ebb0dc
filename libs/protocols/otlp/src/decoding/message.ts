import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Readers of the known fields of a message, by field number. */
export type Fields = Readonly<Record<number, (reader: BinaryReader) => void>>;

/** Reads a message field by field and skips unknown fields. Throws for bytes that are no message. */
export function readMessage(bytes: Uint8Array, fields: Fields): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const read = fields[number];
    if (read) read(reader);
    else reader.skip(type, number);
  }
}

/** `ExportTracePartialSuccess` and its two siblings: rejected = 1, error_message = 2, within field 1 of the response. */
export function partialSuccessMessage(rejected: number, message: string): Uint8Array {
  const writer = new BinaryWriter();
  if (rejected === 0 && message === '') return writer.finish();
  writer.tag(1, WireType.LengthDelimited).fork();
  if (rejected > 0) writer.tag(1, WireType.Varint).int64(rejected);
  if (message !== '') writer.tag(2, WireType.LengthDelimited).string(message);
  return writer.join().finish();
}

/** `google.rpc.Status`: code = 1, message = 2. */
export const statusMessage = (code: number, message: string): Uint8Array =>
  new BinaryWriter()
    .tag(1, WireType.Varint)
    .int32(code)
    .tag(2, WireType.LengthDelimited)
    .string(message)
    .finish();
