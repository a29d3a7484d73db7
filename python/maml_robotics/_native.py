"""The native library: where it is, and how its functions are called."""

import ctypes
import functools
import json
import os
import sys

from ._errors import Error

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_ENDING = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")

PATH = os.path.join(_FOLDER, "MamlRobotics.Native" + _ENDING)

_SIGNATURES = {
    "maml_error": (ctypes.c_int, [ctypes.c_char_p, ctypes.c_int]),
    "maml_families": (ctypes.c_int, [ctypes.c_char_p, ctypes.c_int]),
    "maml_family": (ctypes.c_int, [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]),
    "maml_draw_tasks": (ctypes.c_int, [ctypes.c_char_p, ctypes.c_int64, ctypes.c_int, ctypes.c_void_p]),
    "maml_open": (
        ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]),
    "maml_set_tasks": (ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]),
    "maml_reset": (ctypes.c_int, [ctypes.c_void_p, ctypes.c_int64]),
    "maml_step": (ctypes.c_int, [ctypes.c_void_p]),
    "maml_close": (ctypes.c_int, [ctypes.c_void_p]),
}


@functools.lru_cache(maxsize=None)
def library():
    """The loaded library."""
    if not os.path.exists(PATH):
        raise Error(f"There is no {PATH}: build it once with ./maml python, in the repository.")
    try:
        loaded = ctypes.CDLL(PATH)
    except OSError as problem:
        raise Error(f"{PATH} cannot be loaded ({problem}): build it on this machine with ./maml python.") from None
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded


class Simulation:
    """Environments of the library, which are freed with the last object that refers to this one."""

    def __init__(self, handle):
        self.handle, self._close = handle, library().maml_close

    def __del__(self):
        self._close(self.handle)


def check(result):
    """The result of a call, or the library's reason why it failed."""
    if result is None or result < 0:
        raise Error(_text(library().maml_error))
    return result


def read_json(function, *arguments):
    """What a function of the library writes, parsed."""
    return json.loads(_text(function, *arguments))


def _text(function, *arguments):
    length = function(*arguments, None, 0)
    if length < 0:
        raise Error(_text(library().maml_error))
    buffer = ctypes.create_string_buffer(length + 1)
    function(*arguments, buffer, length)
    return buffer.value.decode()
