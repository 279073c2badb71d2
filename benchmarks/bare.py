"""A bare Flask and waitress app with one Jinja page: what any such program starts with."""

import socket
import sys
from pathlib import Path

from flask import Flask, render_template
from waitress import serve

app = Flask("bare", template_folder=str(Path(__file__).parent / "templates"))


@app.get("/")
def page() -> str:
    """Show the page."""
    return render_template("bare.html", lines=range(40))


if __name__ == "__main__":
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    print(address)
    sys.stdout.flush()
    serve(app, sockets=[listening], _quiet=True)
