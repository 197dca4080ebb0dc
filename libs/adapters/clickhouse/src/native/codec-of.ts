import { Fault, valueIn } from '@tributary/kernel';
import type { Codec } from './codec.ts';
import { columnType, type ColumnType } from './column-type.ts';
import { array, map, nullable, tuple } from './composites.ts';
import { dictionary } from './dictionary.ts';
import { int64, longInteger, uint64 } from './longs.ts';
import { bfloat16, bool, float32, float64, isSmallInteger, smallInteger } from './numbers.ts';
import { castString, fixedString, string, uuid } from './strings.ts';
import { date, date32, dateTime, dateTime64 } from './times.ts';

const SCALARS: Readonly<Record<string, Codec>> = {
  Bool: bool,
  UInt64: longInteger(uint64),
  Int64: longInteger(int64),
  Float32: float32,
  Float64: float64,
  BFloat16: bfloat16,
  String: string,
  UUID: uuid,
  Date: date,
  Date32: date32,
};

/** The codec of a column type, in the engine's spelling. Throws Fault `unsupported_type`. */
export function codecOf(text: string): Codec {
  const type = columnType(text);
  if (isSmallInteger(type.name)) return smallInteger(type.name);
  const codec = valueIn(SCALARS, type.name) ?? parametric(type);
  if (!codec) throw new Fault('unsupported_type', `the column type ${text} is not supported`);
  return codec;
}

function parametric(type: ColumnType): Codec | undefined {
  const [first = '', second = ''] = type.args;
  switch (type.name) {
    case 'FixedString':
      return fixedString(Number(first));
    case 'DateTime':
      return dateTime(type.text);
    case 'DateTime64':
      return dateTime64(Number(first), type.text);
    case 'Enum8':
    case 'Enum16':
      return castString(firstMember(first), type.text);
    case 'Decimal':
      return castString('0', type.text);
    case 'SimpleAggregateFunction':
      return codecOf(second);
    default:
      return composite(type, first, second);
  }
}

function composite(type: ColumnType, first: string, second: string): Codec | undefined {
  switch (type.name) {
    case 'Nullable':
      return nullable(codecOf(first));
    case 'LowCardinality':
      return lowCardinality(codecOf(first));
    case 'Array':
      return array(codecOf(first));
    case 'Map':
      return map(codecOf(first), codecOf(second));
    case 'Tuple':
      return tuple(type.args.map(tupleElement));
    default:
      return undefined;
  }
}

/** Nullable and numeric LowCardinality columns are sent as plain values, which the insert casts. */
const lowCardinality = (inner: Codec): Codec => (inner.wire === 'String' ? dictionary(inner) : inner);

function tupleElement(text: string): { name: string | undefined; codec: Codec } {
  const [, name, type] = /^([A-Za-z_]\w*) (.+)$/.exec(text) ?? [];
  return { name, codec: codecOf(type ?? text) };
}

/** `'a' = 1` → `a`: the value of an enumeration column if none is given. */
const firstMember = (member: string): string =>
  (/^'((?:[^'\\]|\\.)*)'/.exec(member)?.[1] ?? '').replaceAll(/\\(.)/g, '$1');
