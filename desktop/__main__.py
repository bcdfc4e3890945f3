"""Where the program starts: `muniment`, `python -m desktop`, and the frozen program's worker."""

import sys


def main() -> None:
    """Run the worker, the window or a command."""
    if sys.argv[1:2] == ["--worker"]:
        from db import worker

        worker.main()
        return
    from desktop import command_line

    command_line.main()


if __name__ == "__main__":
    main()
