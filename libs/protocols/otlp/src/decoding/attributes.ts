import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { isRecord, listOf, numberAt, textAt } from './json.ts';
import { readMessage } from './message.ts';

export type Scalar = string | number | boolean;

/** Attributes by key. Lists, nested values and bytes are omitted. */
export type Attributes = ReadonlyMap<string, Scalar>;

/** Field 1 of a resource, 7 of a data point, 9 of a span: `KeyValue {key = 1, value = 2}`. */
export function readAttribute(into: Map<string, Scalar>, reader: BinaryReader): void {
  let key = '';
  let value: Scalar | undefined;
  readMessage(reader.bytes(), {
    1: (field) => (key = field.string()),
    2: (field) => (value = readValue(field.bytes())),
  });
  if (value !== undefined) into.set(key, value);
}

/** `AnyValue {string = 1, bool = 2, int = 3, double = 4}`. */
function readValue(bytes: Uint8Array): Scalar | undefined {
  let value: Scalar | undefined;
  readMessage(bytes, {
    1: (field) => (value = field.string()),
    2: (field) => (value = field.bool()),
    3: (field) => (value = Number(field.int64())),
    4: (field) => (value = field.double()),
  });
  return value;
}

export function attributesOfJson(list: unknown): Attributes {
  const attributes = new Map<string, Scalar>();
  for (const item of listOf(list)) {
    const value = isRecord(item['value']) ? valueOfJson(item['value']) : undefined;
    if (value !== undefined) attributes.set(textAt(item, 'key'), value);
  }
  return attributes;
}

function valueOfJson(value: Readonly<Record<string, unknown>>): Scalar | undefined {
  const { stringValue, boolValue } = value;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  return numberAt(value, 'intValue') ?? numberAt(value, 'doubleValue');
}

export const numberAttribute = (attributes: Attributes, key: string): number | undefined => {
  const value = attributes.get(key);
  return typeof value === 'number' ? value : undefined;
};

export const textAttribute = (attributes: Attributes, key: string): string | undefined => {
  const value = attributes.get(key);
  return value === undefined || value === '' ? undefined : String(value);
};
