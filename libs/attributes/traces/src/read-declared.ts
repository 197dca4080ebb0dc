import { countIn } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import type { Declared } from './trace.ts';

/** The values of arXiv 2510.23629. Another value is `other`. */
const QUERY_TYPES = ['output', 'input', 'variable_trace', 'explanation'];
const CODE_VARIANTS = ['original', 'rewritten'];
const SOURCE_FAMILIES = ['competition', 'classical_algorithm', 'math_code'];

const LONGEST = 100;

/** What a row says of itself. */
export function readDeclared(row: ReadonlyMap<string, Recorded>): Declared {
  const text = (name: string): string | undefined => {
    const value = row.get(name);
    return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined;
  };
  const among = (name: string, known: readonly string[]): string | undefined => {
    const value = text(name);
    return value === undefined || known.includes(value) ? value : 'other';
  };
  return {
    parentCodeHash: text('parent_code_hash'),
    generatorModel: text('generator_model'),
    sampleIndex: countIn(row.get('sample_index')),
    tokens: countIn(row.get('n_tokens')),
    queryType: among('query_type', QUERY_TYPES),
    codeVariant: among('code_variant', CODE_VARIANTS),
    sourceFamily: among('source_family', SOURCE_FAMILIES),
  };
}
