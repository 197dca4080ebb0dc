import type { ElementType, ModelDescription } from './inspect-model.ts';
import { refused, type Refused } from './refusal.ts';

/** Numbers in row-major order; their count is the product of `dims`. */
export type Tensor = {
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
};
export type Tensors = Readonly<Record<string, Tensor>>;

/** The element type of the numbers of a tensor. */
export function typeOf({ data }: Tensor): ElementType {
  if (data instanceof Int32Array) return 'int32';
  return data instanceof Float64Array ? 'float64' : 'float32';
}

/** What is wrong with the inputs of one run (`input_shape`), or nothing. A free axis has one length in all inputs. */
export function refusalOfInputs(model: ModelDescription, inputs: Tensors): Refused | undefined {
  const lengths = new Map<string, number>();
  const given = new Map(Object.entries(inputs));
  for (const { name, type, dims } of model.inputs) {
    const tensor = given.get(name);
    if (tensor === undefined) return refused('input_shape', `the model needs the input ${name}`);
    const wanted = `${name} is ${type} [${dims.join(', ')}]`;
    const found = `${typeOf(tensor)} [${tensor.dims.join(', ')}] of ${tensor.data.length} numbers`;
    const fits =
      typeOf(tensor) === type &&
      tensor.dims.length === dims.length &&
      tensor.dims.reduce((product, length) => product * length, 1) === tensor.data.length &&
      dims.every((dimension, axis) => agrees(dimension, tensor.dims[axis]!, lengths));
    if (!fits) return refused('input_shape', `${wanted}, and got ${found}`);
  }
  return undefined;
}

function agrees(dimension: number | string, length: number, lengths: Map<string, number>): boolean {
  if (typeof dimension === 'number') return dimension === length;
  if (!lengths.has(dimension)) lengths.set(dimension, length);
  return lengths.get(dimension) === length;
}
