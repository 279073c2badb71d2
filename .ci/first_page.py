"""Start an installed ``checklist`` from another folder, ask for its first page, end it."""

import subprocess
import sys
from urllib.parse import urljoin
from urllib.request import urlopen


def main(program: str, folder: str) -> None:
    """Fail unless the page, its stylesheet and a page of questions are served."""
    command = [program, "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as running:
        try:
            line = running.stdout.readline()
            address = next(word for word in line.split() if word.startswith("http://"))
            page = urlopen(address).read().decode()
            assert "<h1" in page, page
            assert b"{" in urlopen(urljoin(address, "/static/style.css")).read()
            assert "<form" in urlopen(urljoin(address, "/section/about_you")).read().decode()
        finally:
            running.terminate()
    assert running.returncode == 0, running.returncode
    print("The installed program serves its pages and ends quietly.")


if __name__ == "__main__":
    main(*sys.argv[1:])
