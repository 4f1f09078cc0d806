"""`python -m autograder.sandbox`: run the self-test on this machine and print the layers that held."""

from __future__ import annotations

import sys

from autograder.safepath import leave_working_folder


def main() -> int:
    """Exit code 0 when the mandatory core holds, 3 when it does not."""
    from autograder.result import Limits
    from autograder.sandbox import selftest
    from autograder.sandbox.client import SandboxUnavailable
    from autograder.sandbox.launcher import Zygote

    try:
        with Zygote(Limits()) as zygote:
            layers, attempts = zygote.probe()
            selftest.require(zygote)
    except SandboxUnavailable as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 3
    print(f"sandbox: {len(attempts)} forbidden attempts, all refused; layers: {' '.join(layers)}")
    return 0


if __name__ == "__main__":
    leave_working_folder()
    raise SystemExit(main())
