"""A file of JSON as it was found, with nothing in it that an archive cannot keep."""

import json
import re
from pathlib import Path
from typing import Any

from db import errors

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # half of a character outside the first plane


def read(path: Path) -> Any:
    """What the file says; halves of characters become U+FFFD. Unreadable where it is no JSON."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        said = json.loads(text)
        if _HALF.search(text):
            plain = json.dumps(said, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
            said = json.loads(plain.decode("utf-16-le", "replace"))
        return said
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise errors.Unreadable("damaged", detail=str(error)) from error
