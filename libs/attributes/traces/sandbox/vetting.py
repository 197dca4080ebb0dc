"""
Whether a program could reach the interpreter that traces it: its frames, files, modules or attributes by a computed name.

The sandbox does not depend on this. It decides what an agreement of states is worth: a program that reaches nothing of the
interpreter cannot have made its own trace up. It is a list of what is allowed and of what is known to lead out, no proof.
"""

import ast
import importlib
import sys
import types

"""What programs may import without reaching anything."""
ALLOWED = frozenset(
    "abc array bisect cmath collections collections.abc copy datetime decimal enum fractions functools heapq itertools "
    "json math numbers operator random re statistics string struct textwrap time typing".split()
)
"""What else is loaded beforehand, since a program can load nothing from an empty root. Dataclasses run text as code."""
ALSO_LOADED = ("_strptime", "contextlib", "dataclasses", "queue", "types")
SYS_NAMES = frozenset(
    "argv exit float_info getrecursionlimit getsizeof hash_info int_info maxsize setrecursionlimit stderr stdin stdout "
    "version version_info".split()
)
METHODS = frozenset(
    "abs add and bool call contains delitem doc enter eq exit float floordiv ge getitem gt hash iadd init int invert isub "
    "iter le len lt mod mul name ne neg new next or pow radd repr reversed rmul rsub setitem str sub truediv xor".split()
)
"""Names of what runs text, takes the name of an attribute as text, or opens files."""
LEADING_OUT = frozenset(
    "Formatter ForwardRef WRAPPER_ASSIGNMENTS WRAPPER_UPDATES attrgetter breakpoint compile delattr dir eval exec "
    "get_type_hints getattr globals help locals methodcaller mro open setattr singledispatch singledispatchmethod "
    "update_wrapper vars wraps".split()
)
OF_FRAMES = frozenset(
    "ag_await ag_code ag_frame cr_await cr_code cr_frame cr_origin f_back f_builtins f_code f_globals f_locals f_trace "
    "gi_code gi_frame gi_yieldfrom tb_frame tb_lasti tb_next".split()
)

"""Attributes of allowed modules that are not for programs, and the modules that give them away by `import *`."""
within_modules, open_handed = set(), set()


def load():
    """Loads what programs may import, and lists what these modules have that is not meant for programs."""
    for name in (*sorted(ALLOWED), *ALSO_LOADED):
        module = importlib.import_module(name)
        if name not in ALLOWED:
            continue
        foreign = {own for own, value in vars(module).items() if is_foreign(value)}
        within_modules.update(foreign, (own for own in vars(module) if own.startswith("_")))
        if not hasattr(module, "__all__") and any(not own.startswith("_") for own in foreign):
            open_handed.add(name)


def is_foreign(value):
    return isinstance(value, types.ModuleType) and value.__name__ not in ALLOWED


def tree_of(text, name, mode):
    return ast.parse(text, name, mode)


def reaches(trees):
    """What of the programs reaches the interpreter, at most ten, each with its line; empty for plain programs."""
    found = set()
    for tree in trees:
        aliases = sys_aliases(tree)
        plain = {id(inner) for node in ast.walk(tree) for inner in plain_uses(node)}
        for node in ast.walk(tree):
            found.update((node.lineno, name) for name in suspects(node))
            if isinstance(node, ast.Name) and (node.id in aliases or node.id == "type") and id(node) not in plain:
                found.add((node.lineno, node.id))
    return [f"{name}, line {line}" for line, name in sorted(found)[:10]]


def plain_uses(node):
    """Names below a node that are harmless there: `sys` before a harmless attribute, `type` of one value."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in SYS_NAMES:
        return [node.value]
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        return [node.func] if not isinstance(node.args[0], ast.Starred) else []
    return []


def sys_aliases(tree):
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "sys"
    }


def suspects(node):
    """The names in one node of a syntax tree that lead out of a program."""
    if isinstance(node, ast.Name):
        return [node.id] if leads_out(node.id, is_attribute=False) else []
    if isinstance(node, ast.Attribute):
        return [node.attr] if leads_out(node.attr, is_attribute=True) else []
    if isinstance(node, ast.MatchClass):
        return [name for name in node.kwd_attrs if leads_out(name, is_attribute=True)]
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name not in ALLOWED and alias.name != "sys"]
    if isinstance(node, ast.ImportFrom):
        return imported_from(node)
    return []


def imported_from(node):
    if node.module == "sys" and node.level == 0:
        return [f"sys.{alias.name}" for alias in node.names if alias.name not in SYS_NAMES]
    if node.module not in ALLOWED or node.level != 0:
        return [node.module or "."]
    names = [alias.name for alias in node.names]
    if names == ["*"]:
        return ["*"] if node.module in open_handed else []
    return [name for name in names if leads_out(name, is_attribute=True)]


def leads_out(name, is_attribute):
    if name.startswith("__") and name.endswith("__"):
        return name[2:-2] not in METHODS
    if name in LEADING_OUT:
        return True
    return is_attribute and (name in within_modules or name in OF_FRAMES)
