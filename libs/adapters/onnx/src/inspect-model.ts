import type { Field } from './protobuf.ts';
import { fieldsOf, textOf } from './protobuf.ts';
import { refused, type Refused } from './refusal.ts';

/** What a tensor is declared as: a number for a fixed axis, a name for an axis whose length is free. */
export type TensorDeclaration = {
  readonly name: string;
  readonly type: ElementType | 'other';
  readonly dims: readonly (number | string)[];
};
export type ElementType = 'float32' | 'float64' | 'int32';

export type ModelDescription = {
  readonly irVersion: number;
  readonly opset: number;
  readonly inputs: readonly TensorDeclaration[];
  readonly outputs: readonly TensorDeclaration[];
  readonly operators: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
};

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_NODES = 50_000;
const DEEPEST_GRAPH = 4;
const DOMAINS = ['', 'ai.onnx', 'ai.onnx.ml'];
const ELEMENT_TYPES = new Map<bigint, ElementType>([
  [1n, 'float32'],
  [6n, 'int32'],
  [11n, 'float64'],
]);

/** Thrown while messages are walked, and returned by `inspectModel`. */
class Unacceptable extends Error {
  readonly refusal: Refused;
  constructor(refusal: Refused) {
    super(refusal.text);
    this.refusal = refusal;
  }
}

/**
 * Reads what a model declares, from its bytes and before the runtime sees them.
 * Refuses data in other files, wherever a tensor may stand (`model_external_data`), operators outside of the standard
 * domains and graphs nested more than four deep (`model_operator`), more than 256 MiB or 50,000 nodes
 * (`model_too_large`), and bytes that are no model (`model_unreadable`). Field numbers are those of onnx.proto, IR 8.
 */
export function inspectModel(
  bytes: Uint8Array,
): { readonly ok: true; readonly model: ModelDescription } | Refused {
  if (bytes.length > MOST_BYTES)
    return refused('model_too_large', `the model has ${bytes.length} bytes; at most ${MOST_BYTES} are read`);
  try {
    return { ok: true, model: new Inspection().model(bytes) };
  } catch (error) {
    if (error instanceof Unacceptable) return error.refusal;
    if (error instanceof RangeError || error instanceof TypeError)
      return refused('model_unreadable', `the bytes are no ONNX model: ${error.message}`);
    throw error;
  }
}

class Inspection {
  private readonly operators = new Set<string>();
  private nodes = 0;

  model(bytes: Uint8Array): ModelDescription {
    const fields = [...fieldsOf(bytes)];
    const graph = fields.find(({ number }) => number === 7);
    if (graph === undefined) throw new RangeError('it has no graph');
    for (const { number, value } of fields) {
      if (number === 7) this.graph(message(value), 0);
      if (number === 20) for (const part of fieldsOf(message(value))) this.trainingPart(part);
      if (number === 25) this.function(message(value));
    }
    const parts = [...fieldsOf(message(graph.value))];
    return {
      irVersion: Number(fields.find(({ number }) => number === 1)?.value ?? 0),
      opset: opsetOf(fields),
      inputs: declarationsOf(parts, 11),
      outputs: declarationsOf(parts, 12),
      operators: [...this.operators].toSorted(),
      metadata: metadataOf(fields),
    };
  }

  private trainingPart({ number, value }: Field): void {
    if (number === 1 || number === 2) this.graph(message(value), 0);
  }

  private function(bytes: Uint8Array): void {
    for (const { number, value } of fieldsOf(bytes)) {
      if (number === 7) this.node(message(value), 0);
      if (number === 11) this.attribute(message(value), 0);
    }
  }

  private graph(bytes: Uint8Array, depth: number): void {
    if (depth > DEEPEST_GRAPH)
      throw new Unacceptable(
        refused('model_operator', `graphs are nested more than ${DEEPEST_GRAPH} deep; flatten the model`),
      );
    for (const { number, value } of fieldsOf(bytes)) {
      if (number === 1) this.node(message(value), depth);
      if (number === 5) refuseExternal(message(value));
      if (number === 15) refuseExternalSparse(message(value));
    }
  }

  private node(bytes: Uint8Array, depth: number): void {
    if (++this.nodes > MOST_NODES)
      throw new Unacceptable(refused('model_too_large', `the model has more than ${MOST_NODES} nodes`));
    let operator = '';
    let domain = '';
    for (const { number, value } of fieldsOf(bytes)) {
      if (number === 4) operator = textOf(value);
      if (number === 7) domain = textOf(value);
      if (number === 5) this.attribute(message(value), depth);
    }
    if (!DOMAINS.includes(domain))
      throw new Unacceptable(
        refused(
          'model_operator',
          `the operator ${operator} is of the domain ${domain}; export the model with standard operators alone`,
        ),
      );
    this.operators.add(operator);
  }

  private attribute(bytes: Uint8Array, depth: number): void {
    for (const { number, value } of fieldsOf(bytes)) {
      if (number === 5 || number === 10) refuseExternal(message(value));
      if (number === 22 || number === 23) refuseExternalSparse(message(value));
      if (number === 6 || number === 11) this.graph(message(value), depth + 1);
    }
  }
}

function message(value: bigint | Uint8Array): Uint8Array {
  if (typeof value === 'bigint') throw new RangeError('a number stands where a message is expected');
  return value;
}

/** A tensor keeps its data elsewhere when it has entries of `external_data` or says so in `data_location`. */
function refuseExternal(tensor: Uint8Array): void {
  const fields = [...fieldsOf(tensor)];
  const isExternal = fields.some(({ number, value }) => number === 13 || (number === 14 && value !== 0n));
  if (!isExternal) return;
  const name = fields.find(({ number }) => number === 8)?.value;
  throw new Unacceptable(
    refused(
      'model_external_data',
      `the tensor ${name === undefined ? 'without a name' : textOf(name)} has its data in another file; save the model in one file`,
    ),
  );
}

/** Values and indices of a sparse tensor are tensors. */
function refuseExternalSparse(bytes: Uint8Array): void {
  for (const { number, value } of fieldsOf(bytes))
    if (number === 1 || number === 2) refuseExternal(message(value));
}

function opsetOf(model: readonly Field[]): number {
  for (const { number, value } of model) {
    if (number !== 8) continue;
    const fields = [...fieldsOf(message(value))];
    const domain = fields.find((field) => field.number === 1)?.value;
    if (domain === undefined || ['', 'ai.onnx'].includes(textOf(domain)))
      return Number(fields.find((field) => field.number === 2)?.value ?? 0);
  }
  return 0;
}

function metadataOf(model: readonly Field[]): Record<string, string> {
  const entries = model
    .filter(({ number }) => number === 14)
    .map(({ value }) => {
      const fields = [...fieldsOf(message(value))];
      const text = (wanted: number): string => {
        const found = fields.find(({ number }) => number === wanted)?.value;
        return found === undefined ? '' : textOf(found);
      };
      return [text(1), text(2)] as const;
    });
  return Object.fromEntries(entries);
}

const only = (bytes: Uint8Array, wanted: number): readonly (bigint | Uint8Array)[] =>
  [...fieldsOf(bytes)].filter(({ number }) => number === wanted).map(({ value }) => value);

/** ValueInfo → Type → Tensor → Shape → Dimension, as onnx.proto nests them. */
function declarationsOf(graph: readonly Field[], wanted: number): TensorDeclaration[] {
  return graph
    .filter(({ number }) => number === wanted)
    .map(({ value }) => {
      const info = message(value);
      const tensor = only(info, 2).flatMap((type) => only(message(type), 1))[0];
      const [name] = only(info, 1);
      const element = tensor === undefined ? undefined : only(message(tensor), 1)[0];
      const shape =
        tensor === undefined ? [] : only(message(tensor), 2).flatMap((one) => only(message(one), 1));
      return {
        name: name === undefined ? '' : textOf(name),
        type: (typeof element === 'bigint' ? ELEMENT_TYPES.get(element) : undefined) ?? 'other',
        dims: shape.map((dimension) => dimensionOf(message(dimension))),
      };
    });
}

function dimensionOf(bytes: Uint8Array): number | string {
  const [fixed] = only(bytes, 1);
  const [free] = only(bytes, 2);
  if (typeof fixed === 'bigint') return Number(fixed);
  return free === undefined ? '?' : textOf(free);
}
