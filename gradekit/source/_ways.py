"""What can hide that something is used: what runs text, looks names up, finds objects, starts programs or reads files.

Such ways are without end: of modules those are listed that are harmless but for the parts named here, and any other one
is shown. To be shown costs nothing.
"""

EVASIVE = {
    "IPython", "__builtins__", "__import__", "__loader__", "__spec__", "_pickle", "ast",
    "breakpoint", "builtins", "cffi", "cloudpickle", "code", "codeop", "compile",
    "concurrent.futures.ProcessPoolExecutor", "copyreg", "ctypes", "dill", "dis", "eval", "exec",
    "functools.singledispatch", "functools.singledispatchmethod", "gc", "get_ipython", "getattr", "globals",
    "importlib", "input", "inspect", "io.open", "linecache", "locals", "logging.config", "marshal",
    "matplotlib.pyplot.switch_backend", "matplotlib.use", "multiprocessing", "numpy.ctypeslib", "numpy.f2py",
    "numpy.fromfile", "numpy.lib.format", "numpy.load", "numpy.memmap", "numpy.testing.measure",
    "numpy.testing.rundocs", "numpy.testing.runstring", "open", "operator.attrgetter", "operator.methodcaller",
    "os.execl", "os.execle", "os.execlp", "os.execlpe", "os.execv", "os.execve", "os.execvp", "os.execvpe",
    "os.fdopen", "os.fork", "os.forkpty", "os.open", "os.popen", "os.posix_spawn", "os.posix_spawnp", "os.spawnl",
    "os.spawnle", "os.spawnlp", "os.spawnlpe", "os.spawnv", "os.spawnve", "os.spawnvp", "os.spawnvpe", "os.startfile",
    "os.system", "pathlib", "pdb", "pickle", "pkgutil", "pydoc", "runpy", "setattr", "shelve", "site",
    "string.Formatter", "subprocess", "symtable", "sys._current_frames", "sys._getframe", "sys._getframemodulename",
    "sys.addaudithook", "sys.exc_info", "sys.meta_path", "sys.modules", "sys.monitoring", "sys.path",
    "sys.path_hooks", "sys.path_importer_cache", "sys.setprofile", "sys.settrace", "threading.setprofile",
    "threading.setprofile_all_threads", "threading.settrace", "threading.settrace_all_threads", "timeit", "traceback",
    "types.CodeType", "types.FunctionType", "types.ModuleType", "typing.ForwardRef", "typing.evaluate_forward_ref",
    "typing.get_type_hints", "unittest.mock", "vars", "zipimport",
}  # fmt: skip
INNER = {
    "__base__", "__bases__", "__builtins__", "__closure__", "__code__", "__dict__", "__func__", "__getattr__",
    "__getattribute__", "__globals__", "__import__", "__loader__", "__mro__", "__reduce__", "__reduce_ex__",
    "__self__", "__setattr__", "__spec__", "__subclasses__", "__wrapped__", "ag_code", "ag_frame", "cr_code",
    "cr_frame", "f_back", "f_builtins", "f_code", "f_globals", "f_locals", "gi_code", "gi_frame", "importlib",
    "meta_path", "modules", "sys", "tb_frame",
}  # fmt: skip
PLAIN = {
    "PIL", "__future__", "abc", "array", "base64", "bisect", "calendar", "cmath", "collections", "colorsys",
    "concurrent", "contextlib", "contextvars", "copy", "coursekit", "csv", "cycler", "dataclasses", "datetime",
    "decimal", "difflib", "enum", "errno", "fractions", "functools", "graphlib", "hashlib", "heapq", "io",
    "itertools", "jax", "json", "keyword", "locale", "logging", "math", "matplotlib", "mpl_toolkits", "numbers",
    "numpy", "operator", "os", "pandas", "platform", "pprint", "psutil", "queue", "random", "re", "reprlib", "scipy",
    "seaborn", "secrets", "signal", "skimage", "sklearn", "statistics", "string", "struct", "sys", "tempfile",
    "tensorflow", "textwrap", "threading", "threadpoolctl", "time", "torch", "tqdm", "types", "typing", "unicodedata",
    "uuid", "warnings", "weakref", "zlib",
}  # fmt: skip


def is_plain(name):
    """Say whether an imported name belongs to a module that is known here, and to no part of one that is its own."""
    root, *parts = name.split(".")
    return root in PLAIN and not any(part.startswith("_") and not part.startswith("__") for part in parts)
