import { loadPyodide } from 'pyodide';
import type { CodeFeatures } from './features.ts';
import { PYTHON_PROGRAM } from './python-program.ts';

/** Why a document has no features. */
export type NotMeasured = { readonly code: string; readonly reason: string };

/** The features of a document, or why it has none. */
export type Measured = CodeFeatures | NotMeasured;

/** `fenced`: the blocks of Python in a text. `whole`: the text is code. */
export type CodeIn = 'fenced' | 'whole';

/** CPython in WebAssembly, in this thread. */
export type Python = {
  /** `3.11.3` */
  readonly version: string;
  measure(text: string, code: CodeIn): Measured;
  /** Bytes of memory that it holds. It gives none back. */
  memory(): number;
};

/** Loads CPython from the installed package; nothing is fetched. Takes a second or two. */
export async function openPython(): Promise<Python> {
  const python = await loadPyodide();
  python.runPython(PYTHON_PROGRAM);
  const { _module: heap }: { _module: { HEAPU8: Uint8Array } } = Object(python);
  const measure: (text: string, isWhole: boolean) => string = python.globals.get('measure');
  return {
    version: python.runPython('import platform; platform.python_version()'),
    measure: (text, code) => measuredFrom(measure(text, code === 'whole')),
    memory: () => heap.HEAPU8.length,
  };
}

function measuredFrom(json: string): Measured {
  const counted: readonly number[] | NotMeasured = JSON.parse(json);
  if ('code' in counted) return counted;
  const [node_count = 0, max_depth = 0, node_types = 0, n1 = 0, N2 = 0, n2 = 0, cyclomatic = 0] = counted;
  return { node_count, max_depth, node_types, n1, N2, n2, cyclomatic };
}
