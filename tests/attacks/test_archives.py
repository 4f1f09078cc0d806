"""Archives that point outwards, hold links, unpack without end, are locked or lie about themselves."""

import io
import tarfile
import zipfile
import zlib


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def tarred(name, content=b"", **fields):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        for field, value in fields.items():
            setattr(info, field, value)
        archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def linked(to):
    info = zipfile.ZipInfo("vault.py")
    info.external_attr = 0o120777 << 16
    return zipped((info, to))


def encrypted(data):
    raw = bytearray(data)
    raw[6] |= 1
    raw[raw.rindex(b"PK\1\2") + 8] |= 1
    return bytes(raw)


def bombs():
    squeeze = zlib.compressobj(9, wbits=31)
    pieces = [squeeze.compress(bytes(1 << 20)) for _ in range(300)]
    yield "bomb.tar.gz", b"".join([*pieces, squeeze.flush()])
    yield "bomb.zip", zipped(("vault.py", bytes(50 << 20)))
    yield "members.zip", zipped(*((f"n{n}", b"") for n in range(12_000)))


def test_are_data(attack, right):
    code = right.encode()
    files = {
        "outward.zip": zipped(("../../vault.py", code)),
        "absolute.zip": zipped(("/tmp/vault.py", code)),
        "backslash.zip": zipped(("..\\vault.py", code)),
        "drive.zip": zipped(("C:\\vault.py", code)),
        "deep.zip": zipped(("a/b/c/vault.py", code)),
        "twice.zip": zipped(("a/vault.py", code), ("b/vault.py", code)),
        "link.zip": linked("/etc/passwd"),
        "locked.zip": encrypted(zipped(("vault.py", code))),
        "empty.zip": zipped(),
        "cut.zip": zipped(("vault.py", code))[:-40],
        "bzip.zip": zipped(("vault.py", code), method=zipfile.ZIP_BZIP2),
        "outward.tar": tarred("../vault.py", code),
        "link.tar": tarred("vault.py", type=tarfile.SYMTYPE, linkname="/etc/shadow"),
        "hard.tar": tarred("vault.py", type=tarfile.LNKTYPE, linkname="/etc/shadow"),
        "device.tar": tarred("vault.py", type=tarfile.CHRTYPE, devmajor=1, devminor=5),
        "pipe.tar": tarred("vault.py", type=tarfile.FIFOTYPE),
        "huge.tar": tarred("vault.py", b"")[:124] + b"77777777777\0" + tarred("vault.py")[136:],
        "strange.7z": b"7z\xbc\xaf",
        **dict(bombs()),
    }
    students = {f"{name.replace('.', '-')}{name[name.index('.') :]}": data for name, data in files.items()}
    outcomes = attack.many({**students, "fine.zip": zipped(("folder/vault.py", code))})
    outcomes.pop("fine").full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
    assert len(outcomes) == len(files)
    for outcome in outcomes.values():
        outcome.no_credit().silent_about("root:")
        assert outcome.keys & {"ingest.archive", "ingest.no-module", "ingest.not-a-file", "ingest.too-large"}
