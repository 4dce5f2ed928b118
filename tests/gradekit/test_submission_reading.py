"""A file is read whoever wrote it, or says in one sentence what it is instead."""

import codecs
import json
import os
import re

import pytest

from gradekit.submission import reading
from gradekit.submission.reading import Unreadable


@pytest.fixture
def handed_in(tmp_path):
    """Return what is read of a file with some content."""

    def read(content):
        (tmp_path / "mine.ipynb").write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return reading.read(tmp_path / "mine.ipynb")

    return read


def test_cells_are_read_whoever_wrote_them(handed_in):
    """Sources as lists, missing parts, half characters, a byte-order mark, and entries that are no cells."""
    cells = [
        {"cell_type": "code", "source": ["a = 1\n", "b = 2", 3]},
        {"cell_type": "code", "source": 5, "metadata": 7},
        {"source": "half \ud83d"},
        "no cell",
        None,
    ]
    nothing = {"metadata": {"nbgrader": {}, "tags": [], "master": False}, "printed": ""}
    expected = [
        {"cell_type": "code", "source": "a = 1\nb = 2", **nothing},
        {"cell_type": "code", "source": "", **nothing},
        {"cell_type": None, "source": "half ?", **nothing},
    ]
    assert handed_in({"cells": cells}) == expected
    assert handed_in(b"\xef\xbb\xbf" + json.dumps({"cells": cells}).encode()) == expected


SOURCE = {"cells": [{"cell_type": "code", "source": "é = 1\nb = 2"}], "metadata": {"coursekit": {"version": "abc"}}}
TEXT = json.dumps(SOURCE, ensure_ascii=False)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        json.dumps(SOURCE, ensure_ascii=False, indent=1).replace("\n", "\r").encode(),
        json.dumps(SOURCE, ensure_ascii=False, indent=1).replace("\n", "\r\n").encode(),
        TEXT.replace("\\n", "\\r\\n").encode(),
        TEXT.replace("\\n", "\n").encode(),
        b"\n\n  " + TEXT.encode() + b"\x00" * 600,
        json.dumps(
            {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "é = 1\nb = 2"}]}]}
        ).encode(),
        json.dumps(
            {"nbformat": 2, "worksheets": [{"cells": [{"cell_type": "code", "input": ["é = 1\n", "b = 2"]}]}]}
        ).encode(),
        json.dumps({"nbformat": 1, "cells": [{"cell_type": "code", "code": "é = 1\nb = 2"}]}).encode(),
    ],
    ids=range(15),
)
def test_every_encoding_and_format_says_the_same(content):
    """Marks at the start, wide characters, line ends of three systems, formats of 2011 to today, a padded block."""
    (cell,) = reading.parse(content).cells
    assert (cell["cell_type"], cell["source"]) == ("code", "é = 1\nb = 2")
    assert reading.parse(content).notes == ()


def test_what_was_repaired_is_told():
    """Text behind the end, and bytes that are no UTF-8; the version of the release is kept."""
    behind = reading.parse(TEXT.encode() + b"\n{}")
    assert behind.notes == ("2 characters behind its end were left out.",) and behind.version == "abc"
    latin = reading.parse(TEXT.encode("latin-1"))
    assert latin.cells[0]["source"] == "\ufffd = 1\nb = 2" and "cannot be read" in latin.notes[0]


@pytest.mark.parametrize(("encoding", "word"), [("big5", "許功蓋"), ("shift_jis", "表"), ("gb18030", "誠")])
def test_half_a_character_that_is_a_backslash_damages_nothing(encoding, word):
    """Before a quotation mark it would hide the end of the text; other names are read all the same."""
    text = json.dumps({"cells": [{"cell_type": "code", "source": f"a = 1  # {word}"}]}, ensure_ascii=False)
    found = reading.parse(text.encode(encoding))
    assert found.cells[0]["source"].startswith("a = 1  # ") and len(found.notes) == 1
    with pytest.raises(Unreadable, match=r"damaged|breaks off"):
        reading.parse(text.encode(encoding).removesuffix(b"}]}"))


def test_old_headings_are_text_and_all_sheets_are_read():
    """Formats 2 and 3 have cells of headings, and worksheets."""
    cells = [{"cell_type": "heading", "level": 1, "source": "Title"}, {"cell_type": "code", "input": "a"}]
    nb = reading.parse(json.dumps({"worksheets": [{"cells": cells}, {"cells": cells[1:]}]}).encode())
    assert [(cell["cell_type"], cell["source"]) for cell in nb.cells] == [
        ("markdown", "Title"),
        ("code", "a"),
        ("code", "a"),
    ]


HALF = json.dumps({"cells": [{"cell_type": "code", "source": "x" * 100}] * 5}, indent=1).encode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty."),
        (b" \n", "is empty."),
        (b"\x00" * 5000, "holds zeros only"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"<!DOCTYPE html><title>Log in</title>", "is a web page"),
        (b"\xef\xbb\xbf<html>", "is a web page"),
        (b"PK\x03\x04", "is an archive"),
        (b"# %%\nimport numpy", "is a Python script"),
        (b"#!/usr/bin/env python", "is a Python script"),
        (b"{\\rtf1 hello}", "is a document"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"\xff\xfe{", "is no notebook"),
        (b"hello", "is no notebook"),
        (b'{\n<<<<<<< HEAD\n "cells": 1\n=======\n "cells": 2\n>>>>>>> theirs\n}', "holds the marks of a merge"),
        (b"[" * 100_000, "holds lists within lists"),
        (b'{"cells": ' + b"[" * 100_000, "holds lists within lists"),
        (b'{"cells": ' + b"9" * 5000 + b"}", "holds no list of cells"),
        (b"[]", "holds no list of cells"),
        (b'{"cells": {}}', "holds no list of cells"),
        (b'{"worksheets": [{"cells": {}}]}', "holds no list of cells"),
        (b'{"worksheets": [5]}', "holds no list of cells"),
        (b'{"worksheets": []}', "holds no list of cells"),
        (HALF[: len(HALF) // 2], f"breaks off after {len(HALF) // 2} bytes, in line 13, in its cell number 3"),
        (HALF[:-3], f"breaks off after {len(HALF) - 3} bytes"),
        (HALF.replace(b'"code"', b'"code" oops', 1), "is damaged in line 4, in its cell number 1"),
    ],
    ids=range(25),
)
def test_what_is_no_notebook_says_what_it_is(handed_in, content, problem):
    """In one sentence, with what to do."""
    with pytest.raises(Unreadable) as error:
        handed_in(content)
    assert str(error.value).startswith(problem)
    assert re.search(r"(again|file|alone|Jupyter|git)\.$|File > Download in Jupyter\.$", str(error.value)), error.value


def test_what_is_no_ordinary_file_is_not_opened(tmp_path):
    """A folder, a link and a pipe say what they are, and nobody waits for them."""
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "pipe.ipynb")
    for name, problem in (("", "is a folder"), ("link.ipynb", "is a link"), ("pipe.ipynb", "is no ordinary file")):
        with pytest.raises(Unreadable, match=problem):
            reading.read(tmp_path / name)
    with pytest.raises(Unreadable, match="cannot be opened"):
        reading.read(tmp_path / "missing.ipynb")


def test_what_would_take_the_graders_memory_is_not_read(handed_in):
    """A syntax tree takes hundreds of times its source; long prose is harmless."""
    long = {"cell_type": "code", "source": "x" * (reading.LONGEST + 1)}
    with pytest.raises(Unreadable, match=r"1 MB of code.*; at most 1 is read"):
        handed_in({"cells": [long]})
    assert len(handed_in({"cells": [long | {"cell_type": "markdown"}]})) == 1
    with pytest.raises(Unreadable, match="holds 2001 cells; at most 2000 are read"):
        handed_in({"cells": [{}] * (reading.CELLS + 1)})


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    """A file with a hole in it takes no room on the disk, and is not read into memory either."""
    with (tmp_path / "large.ipynb").open("wb") as file:
        file.truncate(reading.LARGEST + 1)
    with pytest.raises(Unreadable, match="has 200 MB; at most 200 are read"):
        reading.read(tmp_path / "large.ipynb")
