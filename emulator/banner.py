"""What `emulator serve` says when it is ready."""

from emulator.control.control import Control


def banner(control: Control) -> str:
    """Addresses and the demo credentials: those of the first world."""
    settings = control.settings
    with control.worlds.visit("default") as world:
        shown = {vendor.name: vendor.credentials(world) for vendor in control.vendors}
        about = f"{world.record.recipe}, seed {world.seed}, clock {world.record.clock.mode}"
    insightiq, archive, storyclash = shown["insightiq"], shown["archive"], shown["storyclash"]
    shops, workspaces = (", ".join(map(str, archive[name])) for name in ("shop_ids", "workspace_ids"))
    lines = [
        ("Base URL", settings.url),
        ("InsightIQ", f"{settings.url}/v1"),
        ("  Basic auth", f"{insightiq['username']}:{insightiq['password']}"),
        ("Archive", f"{settings.url}/api/v1 for partners, /api/v2 for workspaces"),
        ("  Bearer token", archive["token"]),
        ("  SHOP-ID", shops or "none"),
        ("  WORKSPACE-ID", workspaces or "none"),
        ("Storyclash", f"{settings.url}/external-api"),
        ("  token", storyclash["token"]),
        ("Control", f"{settings.url}/_emulator"),
        *([("  token", settings.control_token)] if settings.control_token else []),
        ("Documentation", f"{settings.url}/docs"),
        ("State", str(settings.state or "in memory, gone when this process ends")),
        ("World", f"default ({about})"),
    ]
    return "\n".join(f"{name:<18}{value}" for name, value in lines)
