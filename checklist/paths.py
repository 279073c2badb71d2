"""Where the files that ship beside the code are found.

In a checkout ``templates/``, ``static/`` and ``rules.yaml`` sit next to the
package; in an installed wheel they sit inside it (see ``pyproject.toml``).
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE if (_PACKAGE / "rules.yaml").is_file() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"
RULES = _ROOT / "rules.yaml"
