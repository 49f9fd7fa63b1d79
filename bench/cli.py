"""The command line as a child process: `python -m bench.cli simulate ...`."""

from taizhang.cli.main import run

if __name__ == "__main__":
    run()
