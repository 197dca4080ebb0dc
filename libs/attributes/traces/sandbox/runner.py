"""
Runs one program and reports its states. Everything here happens in the process of the program, so code that reaches into the
interpreter can change it; `vetting` says of each program, before its first line runs, whether it could.

A request has `code`, `stdin`, `call` (an expression, or null), `names` (the variables to report), `events` (of line, call and
return) and `moment` (whether the state of a line is that before or after it). A report is lines of JSON: what vetting found;
a line for each state, {"l": line, "e": event, "v": {name: value}, "r": returned value}; and {"end": how, ...}.
"""

import builtins
import collections
import io
import json.encoder
import os
import sys
import types

import vetting

"""The file descriptor of reports."""
REPORT = 3
MOST_STATES = 10_000
MOST_BYTES = 8 * 1024 * 1024
MOST_OUTPUT = 256 * 1024
"""Values within the variables of one state, and how deep they are nested."""
MOST_VALUES, MOST_DEPTH = 20_000, 50
PROGRAM = "<program>"

write, quoted, leave = os.write, json.encoder.encode_basestring_ascii, os._exit


def prepare():
    """Loads what programs may import, since nothing can be loaded from an empty root."""
    vetting.load()
    for name in ("ascii", "latin_1", "utf_8", "utf_16", "idna"):
        "".encode(name)

    def leave_program(code=None):
        raise SystemExit(code)

    builtins.exit = builtins.quit = leave_program


class Ended(BaseException):
    """Raised to leave a value that is too large."""


class Output(io.BytesIO):
    """What a program prints, up to a limit."""

    def write(self, data):
        if self.tell() + len(data) > MOST_OUTPUT:
            REPORTER.end("over_bytes", f"it prints more than {MOST_OUTPUT} bytes")
        return super().write(data)


class Reporter:
    def __init__(self):
        self.lines, self.waiting, self.bytes = [], 0, 0

    def line(self, text):
        self.lines.append(text)
        self.waiting += len(text) + 1
        self.bytes += len(text) + 1
        if self.bytes > MOST_BYTES:
            self.end("over_bytes", f"its states have more than {MOST_BYTES} bytes")
        if self.waiting > 65536:
            self.flush()

    def flush(self):
        data = memoryview(("\n".join(self.lines) + "\n").encode("ascii"))
        self.lines, self.waiting = [], 0
        while len(data) > 0:
            data = data[write(REPORT, data) :]

    def end(self, how, why, more=""):
        """Reports how the program ended, and ends the process."""
        sys.settrace(None)
        self.lines.append(f'{{"end":{quoted(how)},"why":{quoted(why[:300])}{more}}}')
        self.flush()
        leave(0)


REPORTER = Reporter()


class Encoder:
    """The values of one state as JSON. No method of a value is called that the program could have written."""

    def __init__(self):
        self.left, self.path = MOST_VALUES, set()

    def encode(self, value):
        self.left -= 1
        if self.left < 0:
            raise Ended(f"a state has more than {MOST_VALUES} values")
        kind = type(value)
        if value is None:
            return "null"
        if kind is bool:
            return "true" if value else "false"
        if issubclass(kind, int):
            return '{"i":"%x"}' % int.__index__(value)
        if issubclass(kind, float):
            return f'{{"f":"{float.__repr__(value)}"}}'
        if issubclass(kind, str):
            return quoted(str.__str__(value))
        return self.nested(value, kind)

    def nested(self, value, kind):
        if id(value) in self.path or len(self.path) >= MOST_DEPTH:
            return '{"c":1}'
        self.path.add(id(value))
        try:
            return self.contained(value, kind)
        finally:
            self.path.discard(id(value))

    def contained(self, value, kind):
        if issubclass(kind, list):
            return self.listed("", list.__iter__(value))
        if issubclass(kind, collections.deque):
            return self.listed("", collections.deque.__iter__(value))
        if issubclass(kind, tuple):
            return self.listed("t", tuple.__iter__(value))
        if issubclass(kind, (set, frozenset)):
            base = set if issubclass(kind, set) else frozenset
            return self.listed("s", base.__iter__(value))
        if issubclass(kind, dict):
            pairs = [f"[{self.encode(key)},{self.encode(one)}]" for key, one in dict.items(value)]
            return f'{{"d":[{",".join(pairs)}]}}'
        return self.opaque(value, kind)

    def listed(self, tag, items):
        text = f"[{','.join([self.encode(item) for item in items])}]"
        return text if tag == "" else f'{{"{tag}":{text}}}'

    def opaque(self, value, kind):
        name = type.__dict__["__name__"].__get__(kind)
        if kind is types.FunctionType:
            return f'{{"r":{quoted(f"<function {value.__qualname__}>")}}}'
        if issubclass(kind, type):
            return f'{{"r":{quoted("<class " + type.__dict__["__name__"].__get__(value) + ">")}}}'
        try:
            fields = object.__getattribute__(value, "__dict__")
        except AttributeError:
            fields = None
        if kind is types.ModuleType or type(fields) is not dict:
            return f'{{"r":{quoted(f"<{name} object>")}}}'
        pairs = [f"[{quoted(key)},{self.encode(one)}]" for key, one in fields.items() if type(key) is str]
        return f'{{"r":{quoted(f"<{name} object>")},"a":[{",".join(pairs)}]}}'


class Tracer:
    def __init__(self, request):
        self.names, self.events = request["names"], set(request["events"])
        self.is_after = request["moment"] == "after"
        self.pending, self.states = {}, 0

    def trace(self, frame, event, arg):
        """Traces functions and the module; not comprehensions and lambdas, which are parts of a line."""
        code = frame.f_code
        if code.co_filename != PROGRAM or (code.co_name[0] == "<" and code.co_name != "<module>"):
            return None
        try:
            self.happened(frame, event, arg)
        except Ended as ended:
            REPORTER.end("over_bytes", ended.args[0])
        except MemoryError:
            REPORTER.end("over_memory", "no memory is left for its states")
        except RecursionError:
            REPORTER.end("failed", "RecursionError")
        return self.trace

    def happened(self, frame, event, arg):
        is_module = frame.f_code.co_name == "<module>"
        if event == "call" and not is_module and "call" in self.events:
            self.state(frame, "call", frame.f_lineno)
        elif event == "line" and "line" in self.events:
            if self.is_after:
                self.settle(frame)
                self.pending[frame] = frame.f_lineno
            else:
                self.state(frame, "line", frame.f_lineno)
        elif event == "return":
            self.settle(frame)
            if not is_module and "return" in self.events:
                self.state(frame, "return", frame.f_lineno, f',"r":{Encoder().encode(arg)}')

    def settle(self, frame):
        line = self.pending.pop(frame, None)
        if line is not None:
            self.state(frame, "line", line)

    def state(self, frame, event, line, more=""):
        self.states += 1
        if self.states > MOST_STATES:
            REPORTER.end("over_steps", f"it has more than {MOST_STATES} states")
        bound, encoder = frame.f_locals, Encoder()
        values = [f"{quoted(name)}:{encoder.encode(bound[name])}" for name in self.names if name in bound]
        REPORTER.line(f'{{"l":{line},"e":"{event}","v":{{{",".join(values)}}}{more}}}')


def run(request):
    """Runs the program of a request and ends the process."""
    output = Output()
    sys.stdin = io.TextIOWrapper(io.BytesIO(request["stdin"].encode("utf-8", "surrogatepass")), "utf-8")
    sys.stdout = io.TextIOWrapper(output, "utf-8", "backslashreplace", newline="\n", write_through=True)
    sys.stderr = io.StringIO()
    sys.argv = [PROGRAM]
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    tracer, result = Tracer(request), ""
    try:
        program, call, reaches = compiled(request)
        REPORTER.line(f'{{"reaches":[{",".join([quoted(one) for one in reaches])}]}}')
        REPORTER.flush()
        result = executed(program, call, tracer)
    except SystemExit as left:
        sys.settrace(None)
        if left.code not in (None, 0):
            REPORTER.end("failed", "SystemExit with another code than 0")
    except Ended as ended:
        REPORTER.end("over_bytes", ended.args[0])
    except MemoryError:
        REPORTER.end("over_memory", "MemoryError")
    except BaseException as error:
        sys.settrace(None)
        REPORTER.end("failed", described(error))
    printed = io.BytesIO.getvalue(output).decode("utf-8", "replace")
    REPORTER.end("ended", "", f',"output":{quoted(printed)}{result}')


def compiled(request):
    """The program, the call or None, and how the two reach the interpreter."""
    trees, codes = [], []
    for text, mode in ((request["code"], "exec"), (request["call"], "eval")):
        if text is None:
            codes.append(None)
            continue
        trees.append(vetting.tree_of(text, PROGRAM, mode))
        codes.append(compile(trees[-1], PROGRAM if mode == "exec" else "<call>", mode, dont_inherit=True))
    return codes[0], codes[1], vetting.reaches(trees)


def executed(program, call, tracer):
    """Runs the program, and then the call, of which alone the states are reported where there is one."""
    names = {"__name__": "__main__", "__builtins__": builtins}
    if call is None:
        traced(lambda: exec(program, names), tracer)
        return ""
    exec(program, names)
    value = traced(lambda: eval(call, names), tracer)
    return f',"result":{Encoder().encode(value)}'


def traced(act, tracer):
    follow = tracer.trace
    sys.settrace(follow)
    value = act()
    is_on = sys.gettrace() == follow
    sys.settrace(None)
    if not is_on:
        REPORTER.end("failed", "the program has switched its trace off")
    return value


def described(error):
    """The kind of an exception and the line of the program that raised it."""
    name = type.__dict__["__name__"].__get__(type(error))
    if issubclass(type(error), SyntaxError):
        return f"{name}, line {error.lineno}"
    line, at = None, BaseException.__dict__["__traceback__"].__get__(error)
    while at is not None:
        if at.tb_frame.f_code.co_filename == PROGRAM:
            line = at.tb_lineno
        at = at.tb_next
    return name if line is None else f"{name}, line {line}"
