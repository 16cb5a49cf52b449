"""`python -m demonstration [--seed N]`: build demo/ and prove that hepartner counts what happened; exit 1 if it does not."""

import argparse
import io
import sys
from pathlib import Path

from hepartner.ledger.errors import LedgerError

from .run import Failed, demonstrate


def main() -> int:
    """Run the demonstration; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="demonstration", description="一个虚构的海城区：各单位报表、台账、月报和核对。"
    )
    parser.add_argument("--seed", type=int, default=1, help="随机种子，默认 1")
    parser.add_argument("--folder", type=Path, default=Path("demo"), help="写到哪个文件夹，默认 demo")
    options = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Chinese Windows console lacks some characters
    try:
        demonstrate(options.folder, seed=options.seed)
    except (Failed, LedgerError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"无法读写 {error.filename or options.folder}：{error.strerror}。请关闭打开它的程序，检查权限和磁盘空间。",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("已中断。再次运行会从头做起。", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
