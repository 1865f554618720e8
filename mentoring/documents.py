"""PDF documents, set by Typst from the templates in `templates/pdf/`.

A template reads its words from `sys.inputs.data` (JSON), so that nothing a person typed is ever read as markup, and its
pictures by their names beside it. The same data give the same bytes but for the time in `made_on`.
"""

import datetime as dt
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"
FONTS = TEMPLATES / "fonts"


def render_pdf(
    template: str, data: Mapping[str, Any], *, made_on: dt.datetime, pictures: Mapping[str, str] | None = None
) -> bytes:
    """The document of `templates/pdf/<template>.typ`.

    `pictures` maps names to SVG; a template shows one with `image("pictures/<name>.svg")`. Raises RuntimeError where
    the template does not compile.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for source in TEMPLATES.glob("*.typ"):
            (root / source.name).write_bytes(source.read_bytes())
        (root / "pictures").mkdir()
        for name, svg in (pictures or {}).items():
            (root / "pictures" / f"{name}.svg").write_text(svg)
        return typst.compile(
            root / f"{template}.typ",
            root=root,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            timestamp=int(made_on.timestamp()),
            sys_inputs={"data": json.dumps(data, cls=DjangoJSONEncoder)},
            pdf_standards=["ua-1"],
        )
