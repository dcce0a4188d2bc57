"""A JupyterLab of its own for a test: new folders, this machine only, and nothing that calls home."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import reportedly

OPTIONS = [
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=",
    "--ServerApp.password=",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--LabApp.expose_app_in_browser=True",
    "--ServerApp.terminals_enabled=False",
]
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "docmanager-extension/plugin": {"autosave": False},
}


class Lab:
    """A running JupyterLab."""

    def __init__(self, url: str, folder: Path, settings: Path) -> None:
        self.url, self.folder, self._settings = url, folder, settings

    def write(self, name: str, cells: Sequence[str]) -> str:
        """Writes a notebook with these cells; returns its address."""
        code = [
            {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": cell}
            for i, cell in enumerate(cells)
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = {"cells": code, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (self.folder / name).write_text(json.dumps(notebook), encoding="utf-8")
        return f"{self.url}/doc/tree/{name}"

    def theme(self, *, dark: bool) -> None:
        """For pages that are opened from now on."""
        name = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.set("apputils-extension/themes", {"theme": name, "adaptive-theme": False})

    def set(self, plugin: str, values: dict) -> None:
        """Settings of a plugin, as a user would have them."""
        path = self._settings / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


@contextmanager
def running(folder: Path) -> Iterator[Lab]:
    """Starts JupyterLab in a folder, waits until it answers, and stops it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: folder / name for name in ("config", "data", "runtime", "ipython", "settings", "workspaces", "home")}
    root = folder / "notebooks"
    for path in (*own.values(), root):
        path.mkdir()
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(own["config"]),
        "JUPYTER_DATA_DIR": str(own["data"]),
        "JUPYTER_RUNTIME_DIR": str(own["runtime"]),
        "JUPYTERLAB_SETTINGS_DIR": str(own["settings"]),
        "JUPYTERLAB_WORKSPACES_DIR": str(own["workspaces"]),
        "IPYTHONDIR": str(own["ipython"]),
        "HOME": str(own["home"]),
        # The kernel runs the package that is tested.
        "PYTHONPATH": os.pathsep.join([str(Path(reportedly.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]),
    }
    lab = Lab(f"http://127.0.0.1:{port}", root, own["settings"])
    for plugin, values in SETTINGS.items():
        lab.set(plugin, values)
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.port={port}", f"--ServerApp.root_dir={root}"]
    log = folder / "log.txt"
    with log.open("wb") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=root)
    try:
        _wait(server, f"{lab.url}/api/status", log)
        yield lab
    finally:
        # Kernels end with their server.
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen, url: str, log: Path, patience: float = 60) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")
