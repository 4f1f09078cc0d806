"""What stands in the place of a file but is none is neither followed nor opened nor waited for."""

import os
import socket
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parent / "course" / "assignments" / "01_vault" / "vault.py"


def bound(path):
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(path.name)
    os.chdir(here)


LINKS = {
    "shadow": "/etc/shadow",
    "secret": "../../canary.txt",
    "solution": REFERENCE,
    "neighbour": "../honest.py",
    "itself": "vault.py",
    "endless": "/dev/zero",
    "environment": "/proc/self/environ",
    "folder": "/",
    "nowhere": "/no/such/file",
}


def test_symbolic_links(attack, right):
    files = {f"{name}/vault.py": lambda path, to=to: path.symlink_to(to) for name, to in LINKS.items()}
    files |= {f"{name}-file.py": lambda path, to=to: path.symlink_to(to) for name, to in LINKS.items()}
    outcomes = attack.many({**files, "honest.py": right})
    outcomes.pop("honest").full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
    assert len(outcomes) == 2 * len(LINKS)
    for outcome in outcomes.values():
        outcome.no_credit().says("ingest.not-a-file").silent_about("root:", "NotImplementedError")


def test_a_folder_that_is_a_link(attack, right):
    files = {"honest/vault.py": right, "thief": lambda path: path.symlink_to("honest")}
    attack.many(files)["thief"].no_credit().says("ingest.not-a-file")


def test_pipes_and_sockets(attack):
    files = {"pipe.py": os.mkfifo, "pipe2/vault.py": os.mkfifo, "socket/vault.py": bound, "folder/vault.py": Path.mkdir}
    for outcome in attack.many(files).values():
        assert outcome.no_credit().says("ingest.not-a-file").seconds < 20


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
def test_devices(attack):
    zero, disk = 1 << 8 | 5, 1 << 8 | 1
    files = {"zero/vault.py": lambda path: os.mknod(path, 0o20666, zero)}
    files |= {"mem/vault.py": lambda path: os.mknod(path, 0o20666, disk)}
    for outcome in attack.many(files).values():
        outcome.no_credit().says("ingest.not-a-file")


def test_a_hard_link_is_what_it_links_to(attack, right):
    files = {"honest.py": right, "same.py": lambda path: os.link(path.with_name("honest.py"), path)}
    outcomes = attack.many(files)
    assert outcomes["same"].result.digests == outcomes["honest"].result.digests
