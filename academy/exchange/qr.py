"""QR codes: an address that a phone reads from a wall."""

from __future__ import annotations

import io

import segno


def qr_code(address: str) -> str:
    """The code as an SVG that fills its place: black on white, with the margin that it needs.

    A quarter of it may be covered or dirty.
    """
    out = io.BytesIO()
    code = segno.make_qr(address, error="q")
    code.save(out, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True)
    return out.getvalue().decode().strip()
