"""All benchmarks: `make bench`. Ends with 1 when something is slower than it must be."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import sys

from tests.benchmarks import audience, broadcasting, echo, enquiring, pace, understanding

if __name__ == "__main__":
    print("Send lanes")
    asyncio.run(pace.main())
    print("Broadcasts by size of the audience")
    audience.main()
    print("Broadcasts from the database to Telegram")
    too_slow = int(asyncio.run(broadcasting.main()))
    print("Understanding")
    too_slow |= understanding.main()
    print("Enquiries")
    too_slow |= enquiring.main()
    print("Echo updates a second over HTTP, plain python-telegram-bot beside ours")
    sys.exit(echo.main(rounds=5) or too_slow)
