#!/usr/bin/env python3
"""Writes text_tables.inc, the Unicode tables of text.cpp, from Python's unicodedata.

Usage: python3 make_text_tables.py > text_tables.inc
"""

import sys
import unicodedata

FIRST_DIRECT, END_DIRECT = 0x80, 0x180
LEFT_ALONE = [(0x1100, 0x1200), (0xA960, 0xA980), (0xAC00, 0xD800), (0xF900, 0xFB00), (0x2F800, 0x2FA20)]
EQUALS = {"œ": "oe", "æ": "ae", "ß": "ss", "ẞ": "ss", "’": "'", "ł": "l", "ø": "o", "đ": "d"}


def code_points():
    return (c for c in range(0x80, sys.maxunicode + 1)
            if not 0xD800 <= c < 0xE000 and not any(low <= c < end for low, end in LEFT_ALONE))


def fold(text):
    while True:
        lowered = "".join(EQUALS.get(c, c) for c in text.lower())
        plain = "".join(c for c in unicodedata.normalize("NFKD", lowered)
                        if not unicodedata.category(c).startswith("M"))
        if plain == text:
            return plain
        text = plain


def print_pool(name, pool):
    print(f"constexpr char k{name}Pool[] =")
    row = ""
    for byte in pool:
        piece = chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in '"\\?' else f"\\{byte:03o}"
        if len(row) + len(piece) > 112:
            print(f'    "{row}"')
            row = ""
        row += piece
    print(f'    "{row}";\n')


def print_mappings(name, convert):
    """Entries sorted by code point; those of U+0080..U+017F are all there, so that they can be indexed."""
    pool, offsets, entries = b"", {}, []
    for code in code_points():
        text = convert(chr(code)).encode()
        if text == chr(code).encode() and not FIRST_DIRECT <= code < END_DIRECT:
            continue
        if text not in offsets:
            offsets[text] = len(pool)
            pool += text
        entries.append((code, offsets[text], len(text)))
    print_pool(name, pool)
    print(f"constexpr Mapping k{name}Mappings[] = {{")
    print_rows(f"{{{code:#x}, {offset}, {size}}}" for code, offset, size in entries)
    print("};\n")


def print_ranges(name, is_in):
    ranges = []
    for code in range(sys.maxunicode + 1):
        if not is_in(unicodedata.category(chr(code))):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    print(f"constexpr Range k{name}[] = {{")
    print_rows(f"{{{first:#x}, {last:#x}}}" for first, last in ranges)
    print("};")


def print_rows(cells):
    line = "   "
    for cell in cells:
        if len(line) + len(cell) > 116:
            print(line)
            line = "   "
        line += f" {cell},"
    print(line)


print(f"// Written by make_text_tables.py from Unicode {unicodedata.unidata_version}; not edited by hand.")
print(f"constexpr char32_t kFirstDirect = {FIRST_DIRECT:#x};")
print(f"constexpr char32_t kEndDirect = {END_DIRECT:#x};\n")
print_mappings("Fold", fold)
print_mappings("Upper", str.upper)
print_ranges("LettersAndDigits", lambda category: category[0] in "LN")
