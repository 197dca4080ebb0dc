import type { TensorDeclaration } from './inspect-model.ts';
import { MessageWriter } from './protobuf.ts';
import { typeOf } from './tensor.ts';
import type { Tensor } from './tensor.ts';

/** One operator with the names of its inputs and outputs. Attributes are integers or lists of them. */
export type GraphNode = {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly integers?: Readonly<Record<string, number>>;
  readonly lists?: Readonly<Record<string, readonly number[]>>;
};

export type Graph = {
  readonly name: string;
  readonly inputs: readonly TensorDeclaration[];
  readonly outputs: readonly TensorDeclaration[];
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly nodes: readonly GraphNode[];
  readonly metadata: Readonly<Record<string, string>>;
};

const IR_VERSION = 8;
const OPSET = 17;
const INTEGER_ATTRIBUTE = 2;
const LIST_ATTRIBUTE = 7;
const DATA_TYPES = { float32: 1, int32: 6, float64: 11 };

/** The bytes of a model of opset 17. Equal graphs give equal bytes. Field numbers are those of onnx.proto. */
export function encodeModel(graph: Graph): Uint8Array {
  const model = new MessageWriter()
    .integer(1, IR_VERSION)
    .text(2, 'tributary')
    .message(7, encodeGraph(graph))
    .message(8, new MessageWriter().text(1, '').integer(2, OPSET));
  for (const [key, value] of Object.entries(graph.metadata).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    model.message(14, new MessageWriter().text(1, key).text(2, value));
  return model.finish();
}

function encodeGraph({ name, inputs, outputs, constants, nodes }: Graph): MessageWriter {
  const graph = new MessageWriter();
  for (const node of nodes) graph.message(1, encodeNode(node));
  graph.text(2, name);
  for (const [key, tensor] of constants) graph.message(5, encodeTensor(key, tensor));
  for (const declaration of inputs) graph.message(11, encodeDeclaration(declaration));
  for (const declaration of outputs) graph.message(12, encodeDeclaration(declaration));
  return graph;
}

function encodeNode({ operator, inputs, outputs, integers = {}, lists = {} }: GraphNode): MessageWriter {
  const node = new MessageWriter();
  for (const input of inputs) node.text(1, input);
  for (const output of outputs) node.text(2, output);
  node.text(3, outputs[0] ?? operator).text(4, operator);
  for (const [key, value] of Object.entries(integers))
    node.message(5, new MessageWriter().text(1, key).integer(3, value).integer(20, INTEGER_ATTRIBUTE));
  for (const [key, values] of Object.entries(lists)) {
    const list = new MessageWriter().text(1, key);
    for (const value of values) list.integer(8, value);
    node.message(5, list.integer(20, LIST_ATTRIBUTE));
  }
  return node;
}

function encodeTensor(name: string, tensor: Tensor): MessageWriter {
  const message = new MessageWriter();
  for (const length of tensor.dims) message.integer(1, length);
  return message.integer(2, DATA_TYPES[typeOf(tensor)]).text(8, name).bytes(9, littleEndian(tensor.data));
}

function littleEndian(data: Tensor['data']): Uint8Array {
  const width = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(data.length * width);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of data.entries()) {
    if (data instanceof Int32Array) view.setInt32(index * width, value, true);
    else if (data instanceof Float64Array) view.setFloat64(index * width, value, true);
    else view.setFloat32(index * width, value, true);
  }
  return bytes;
}

function encodeDeclaration({ name, type, dims }: TensorDeclaration): MessageWriter {
  const shape = new MessageWriter();
  for (const dimension of dims) {
    const one = new MessageWriter();
    shape.message(1, typeof dimension === 'number' ? one.integer(1, dimension) : one.text(2, dimension));
  }
  const element = type === 'other' ? DATA_TYPES.float32 : DATA_TYPES[type];
  const tensor = new MessageWriter().integer(1, element).message(2, shape);
  return new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor));
}
