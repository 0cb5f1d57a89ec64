"""The same passes on Ray: the same bytes; on a cluster of two nodes, of which one dies."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.corpus.inline import CLEAN, DAMAGED, clean_folder, tree

pytest.importorskip("ray")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX only"),
    pytest.mark.skipif(not os.environ.get("LIGAFIX_RAY"), reason="takes a minute; LIGAFIX_RAY=1 runs it"),
]
RAY = """
import types
from ray._private import ray_constants
from ray.scripts import scripts
joining = {**vars(ray_constants), "ENABLE_RAY_CLUSTER": True}
scripts.ray_constants = types.SimpleNamespace(**joining)
scripts.main()
"""
"""Ray's command, but a node may join though all listen on loopback alone, as on the systems where none may."""

BATCH = [sys.executable, "-m", "ligafix", "batch", "--engine", "ray", "-q", "-j", "2"]
TOKEN = secrets.token_hex(32)
LOCAL = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
SECRET = {**os.environ, **LOCAL, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}
"""The environment of the nodes: they listen on loopback, and nobody else on this machine may send them work."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for number in range(24):
        folder = tmp_path / "in" / f"book{number % 4}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text((DAMAGED if number % 4 else CLEAN) * (number + 5))
    return tmp_path / "in"


@contextmanager
def node(*options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A node of a cluster on loopback, with one processor."""
    common = ["--node-ip-address=127.0.0.1", "--num-cpus=1", "--disable-usage-stats", "--block"]
    command = [sys.executable, "-c", RAY, "start", *options, *common]
    process = subprocess.Popen(command, env=SECRET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()  # its raylet follows it
            process.wait()


def find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str, nodes: int) -> None:
    """Wait until so many nodes are there."""
    code = f"""
import ray, sys, time
ray.init("{address}", logging_level="ERROR")
deadline = time.monotonic() + 60
while sum(node["Alive"] for node in ray.nodes()) < {nodes}:
    if time.monotonic() > deadline:
        sys.exit(1)
    time.sleep(0.1)
"""
    for _ in range(20):  # until the first node can be spoken to
        if subprocess.run([sys.executable, "-c", code], env=SECRET, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.5)
    pytest.fail(f"there are not {nodes} nodes")


def open_ports() -> list[str]:
    """The addresses beyond loopback that the processes of these tests listen on."""
    ours = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if TOKEN.encode() in (process / "environ").read_bytes():
                ours |= {str(link.readlink()) for link in (process / "fd").iterdir()}
    rows = [row.split() for name in ("tcp", "tcp6") for row in Path(f"/proc/net/{name}").read_text().split("\n")[1:-1]]
    listening = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in ours]
    return [address for address in listening if not address.startswith(("0100007F", "0" * 16 + "FFFF00000100007F"))]


def test_ray_on_this_machine_gives_the_same_bytes_and_listens_on_loopback(source: Path, tmp_path: Path) -> None:
    clean_folder(source, tmp_path / "inline")
    run = subprocess.Popen([*BATCH, source, tmp_path / "out"], env={k: v for k, v in SECRET.items() if k not in LOCAL})
    seen = 0
    while run.poll() is None:
        assert open_ports() == []
        seen += 1
        time.sleep(0.5)
    assert run.returncode == 0
    assert seen > 1
    assert tree(tmp_path / "out") == tree(tmp_path / "inline")


def test_a_node_that_dies_costs_nothing_but_time(source: Path, tmp_path: Path) -> None:
    clean_folder(source, tmp_path / "inline")
    address = f"127.0.0.1:{find_port()}"
    with node("--head", f"--port={address[10:]}", "--include-dashboard=false"):
        wait_for(address, 1)
        with node(f"--address={address}") as second:
            wait_for(address, 2)
            run = subprocess.Popen([*BATCH, source, tmp_path / "out", "--ray-address", address], env=SECRET)
            while run.poll() is None and not list((tmp_path / "out").rglob("evidence/*")):
                time.sleep(0.05)
            assert open_ports() == []
            second.kill()
            assert run.wait(240) == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "inline")
