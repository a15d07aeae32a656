"""Run the pages for a dossier."""

from __future__ import annotations

from onrecord.errors import UsageError
from onrecord.web.app import Settings, create
from onrecord.web.security import Access


def serve(settings: Settings, host: str, port: int) -> None:
    """Answer requests until interrupted. Raises UsageError where the port is taken."""
    import uvicorn

    config = uvicorn.Config(
        create(settings), host=host, port=port, log_level="warning", server_header=False, date_header=False
    )
    try:
        uvicorn.Server(config).run()
    except SystemExit as e:
        if e.code:
            raise UsageError(f"port {port} on {host} cannot be used; give another one: --port") from e
        raise


__all__ = ["Access", "Settings", "serve"]
