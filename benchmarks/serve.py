"""Serve a site as `streamlit run` does, with each message sent as it is written.

Streamlit's server lets small messages wait until the client acknowledged earlier ones. That costs
a client of this kind about 40 ms a run. The site undoes it for itself; the empty page gets the
same here, so that it does not look dearer than it is.
"""

from __future__ import annotations

import socket
import sys

from streamlit.web.cli import main


def _send_at_once(event: str, args: tuple) -> None:
    if event == "socket.bind" and args[0].type == socket.SOCK_STREAM:
        args[0].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


if __name__ == "__main__":
    script, port = sys.argv[1:]
    sys.addaudithook(_send_at_once)
    sys.argv = ["streamlit", "run", script, "--server.port", port]
    main()
