"""Files that are no UTF-8 text: each with a finding that says what they are, none with a mark."""

CODE = "def AND(x1, x2):  # 논리곱\n    return x1 & x2\n"
FILES = {
    "utf16": (CODE.encode("utf-16"), "ingest.utf16"),
    "utf16-unmarked": (CODE.encode("utf-16-le"), "ingest.utf16"),
    "utf32": (CODE.encode("utf-32"), "ingest.utf16"),
    "cp949": (CODE.encode("cp949"), "ingest.encoding"),
    "cp949-declared": (b"# -*- coding: cp949 -*-\n" + CODE.encode("cp949"), "ingest.encoding"),
    "johab": (CODE.encode("johab"), "ingest.encoding"),
    "null": (b"x = 1\0\n" + CODE.encode(), "ingest.binary"),
    "hidden-tail": (CODE.encode() + b"\0" * 100, "ingest.binary"),
    "elf": (b"\x7fELF" + bytes(100), "ingest.binary"),
    "surrogate": (b"x = '\xed\xa0\x80'\n", "ingest.encoding"),
    "overlong": (b"x = '\xc0\xaf'\n", "ingest.encoding"),
    "empty": (b"", "ingest.empty"),
    "blank": (b"\xef\xbb\xbf \n\n", "ingest.empty"),
}


def test_are_named(attack):
    outcomes = attack.many({f"{name}.py": data for name, (data, _) in FILES.items()})
    for name, (_, key) in FILES.items():
        outcomes[name].no_credit().says(key)


def test_of_honest_files_are_read(attack, right):
    marked = b"\xef\xbb\xbf" + right.encode()
    declared = b"# -*- coding: cp949 -*-\r\n" + right.replace("\n", "\r\n").encode() + "이름 = '값'\r\n".encode()
    old = right.replace("\n", "\r").encode()
    for outcome in attack.many({"bom.py": marked, "declared.py": declared, "mac.py": old}).values():
        outcome.full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
