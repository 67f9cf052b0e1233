"""The documentation pages: each vendor's contract, drawn without asking anybody on the network."""

from pathlib import Path

import fastapi_offline
from fastapi import FastAPI, HTTPException
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from markupsafe import escape

from emulator import resources
from emulator.contract.document import load

_OPENAPI = {"insightiq": "InsightIQ", "storyclash": "Storyclash", "control": "Control API of the emulator"}
_SDL = {"archive": ("Archive Partners API v1", "archive/partners.graphql")}

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 16px/1.5 system-ui; margin: 3rem auto; max-width: 60rem; padding: 0 1rem }}
pre {{ background: #f6f6f6; padding: 1rem; overflow: auto; font-size: 14px }}
</style><h1>{title}</h1>{body}</html>"""


def pages() -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    assets = Path(fastapi_offline.__file__).parent / "static"
    app.mount("/docs/assets", StaticFiles(directory=assets))

    @app.get("/")
    def root() -> RedirectResponse:
        return RedirectResponse("/docs")

    @app.get("/docs")
    def index() -> HTMLResponse:
        names = {**_OPENAPI, **{key: title for key, (title, _) in _SDL.items()}}
        links = "".join(f'<li><a href="/docs/{key}">{escape(name)}</a>' for key, name in names.items())
        return HTMLResponse(_PAGE.format(title="Creator API emulator", body=f"<ul>{links}</ul>"))

    @app.get("/docs/{name}")
    def document(name: str) -> HTMLResponse:
        if name in _SDL:
            title, file = _SDL[name]
            sdl = escape((resources.contracts() / file).read_text())
            return HTMLResponse(_PAGE.format(title=title, body=f"<pre>{sdl}</pre>"))
        return get_swagger_ui_html(
            openapi_url=f"/docs/{_known(name)}/openapi.json",
            title=_OPENAPI[name],
            swagger_js_url="/docs/assets/swagger-ui-bundle.js",
            swagger_css_url="/docs/assets/swagger-ui.css",
            swagger_favicon_url="data:,",
        )

    @app.get("/docs/{name}/openapi.json")
    def openapi(name: str) -> JSONResponse:
        """The vendor's hosts give way to this server, so that requests tried from the page stay here."""
        return JSONResponse({**load(_known(name)), "servers": [{"url": "/"}]})

    @app.get("/docs/{name}/schema.graphql")
    def schema(name: str) -> PlainTextResponse:
        if name not in _SDL:
            raise HTTPException(404)
        return PlainTextResponse((resources.contracts() / _SDL[name][1]).read_text())

    return app


def _known(name: str) -> str:
    if name not in _OPENAPI:
        raise HTTPException(404)
    return name
