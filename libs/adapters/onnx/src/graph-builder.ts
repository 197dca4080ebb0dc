import type { GraphNode } from './encode-model.ts';
import type { Tensor } from './tensor.ts';

/**
 * Collects operators and constants one after another. Each result is named by its operator and its place, so that equal calls
 * give equal graphs.
 */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly constants = new Map<string, Tensor>();

  /** Returns the name of the constant. Equal names replace each other. */
  constant(name: string, dims: readonly number[], data: Tensor['data']): string {
    this.constants.set(name, { dims, data });
    return name;
  }

  /** Returns the name of the result. */
  apply(operator: string, inputs: readonly string[], lists: GraphNode['lists'] = {}): string {
    const result = `${operator.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push({ operator, inputs, outputs: [result], lists });
    return result;
  }

  /** The mean over axes, which are kept with the length one or dropped. */
  mean(input: string, axes: readonly number[], keep: boolean): string {
    const result = `mean_${this.nodes.length}`;
    const integers = { keepdims: keep ? 1 : 0 };
    this.nodes.push({
      operator: 'ReduceMean',
      inputs: [input],
      outputs: [result],
      integers,
      lists: { axes },
    });
    return result;
  }

  /** Gives a result the name of an output. */
  output(name: string, input: string): void {
    this.nodes.push({ operator: 'Identity', inputs: [input], outputs: [name] });
  }
}
