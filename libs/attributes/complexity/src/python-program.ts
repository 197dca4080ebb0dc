/**
 * Counts the features of a program in CPython, whose own parser defines them. Nothing of the program is executed.
 * It does step by step what EasyInstruct's code selector (commit 3291a683, the source of the published scores) does:
 *
 * - The code is what stands between three backticks with `python` behind them and the next three, joined by line feeds,
 *   without empty lines. A line of white space is not empty.
 * - Up to 100 times: where the parser finds a syntax error, `# ` is put before the line that it names. Lines are counted
 *   by line feeds, while the parser also counts carriage returns, so that another line can be hit, or none.
 * - The result is fenced, cut at its fences and stripped before it is counted, so that code with backticks inside ends
 *   at them, and white space at its ends is gone.
 * - Nodes are counted with the contexts (Load, Store) and operators that the syntax tree repeats at each of its places.
 *   The root has depth 1.
 * - Operators are runs of the characters -+*&#47;%=<>!; operands are ASCII identifiers, with keywords and with the words of
 *   strings and comments.
 * - Complexity counts If, For, While, Break, Continue, Try and ExceptHandler, not their asynchronous or starred kinds.
 *
 * Where the selector itself would end with an error, the program has no features and the reason says so.
 * `measure(text, is_whole)` takes the text of a document, or code as a whole, and returns JSON: a list of the seven
 * features, or an object with `code` and `reason`.
 */
export const PYTHON_PROGRAM = String.raw`
import ast, gc, json, re, warnings
from collections import Counter

warnings.simplefilter('ignore')
gc.disable()

FENCE = '\x60' * 3
FENCED = re.compile(FENCE + r'python([\s\S]+?)' + FENCE)
REFENCED = re.compile(FENCE + r'python([\s\S]*?)' + FENCE)
OPERATOR = re.compile(r'[-+*/%=<>!]+')
OPERAND = re.compile(r'\b[A-Za-z_][A-Za-z0-9_]*\b')
DECISIONS = (ast.If, ast.For, ast.While, ast.Break, ast.Continue, ast.Try, ast.ExceptHandler)
MAX_REPAIRS = 100


class NotMeasured(Exception):
    pass


def repaired(code):
    lines = [line for line in code.split('\n') if line]
    for _ in range(MAX_REPAIRS):
        try:
            ast.parse('\n'.join(lines))
            break
        except SyntaxError as error:
            comment_out(lines, error.lineno)
        except Exception:
            break
    return '\n'.join(lines)


def comment_out(lines, number):
    if number is None or number > len(lines):
        where = 'no line' if number is None else f'line {number} of {len(lines)}'
        raise NotMeasured('repair_failed', f'the syntax error is in {where}, so there is no line to comment out')
    lines[number - 1] = '# ' + lines[number - 1]


def parsed(code):
    try:
        return ast.parse(code)
    except SyntaxError as error:
        raise NotMeasured('syntax_error', f'line {error.lineno}: {error.msg}')
    except (RecursionError, MemoryError):
        raise NotMeasured('nested_too_deep', 'the code is nested deeper than the parser of Python goes')
    except Exception as error:
        raise NotMeasured('not_parsable', f'{type(error).__name__}: {error}')


def extracted(text):
    blocks = FENCED.findall(text)
    if not blocks:
        raise NotMeasured('no_code_block', 'the text has no block of Python between three backticks')
    code = repaired('\n'.join(blocks))
    if code == '':
        raise NotMeasured('empty_code', 'the code has no lines')
    tree = parsed(code)
    refenced = FENCE + 'python\n' + code + '\n' + FENCE
    final = '\n'.join(REFENCED.findall(refenced)).strip()
    return final, tree if final == code else parsed(final)


def features_of(code, tree):
    kinds = Counter()
    depth = 0
    level = [tree]
    while level:
        depth += 1
        kinds.update(map(type, level))
        below = []
        for node in level:
            for name in node._fields:
                value = getattr(node, name, None)
                if isinstance(value, list):
                    below.extend(item for item in value if isinstance(item, ast.AST))
                elif isinstance(value, ast.AST):
                    below.append(value)
        level = below
    operators = OPERATOR.findall(code)
    operands = OPERAND.findall(code)
    complexity = 1 + sum(kinds[kind] for kind in DECISIONS)
    names = {kind.__name__ for kind in kinds}
    return [kinds.total(), depth, len(names), len(set(operators)), len(operands), len(set(operands)), complexity]


def measure(text, is_whole):
    try:
        code, tree = (text, parsed(text)) if is_whole else extracted(text)
        return json.dumps(features_of(code, tree))
    except NotMeasured as error:
        code, reason = error.args
        return json.dumps({'code': code, 'reason': reason})
`;
