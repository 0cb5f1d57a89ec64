"""The same passes on Ray: the same bytes; on a cluster of two nodes, of which one dies."""

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
    pytest.mark.skipif(not os.environ.get("LIGAFIX_RAY"), reason="takes two minutes; LIGAFIX_RAY=1 runs it"),
]
RAY = str(Path(sys.executable).with_name("ray"))
BATCH = [sys.executable, "-m", "ligafix", "batch", "--engine", "ray", "-q", "-j", "2"]
SECRET = {**os.environ, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
"""The environment of the nodes: nobody else on this machine may send them work."""


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
    command = [
        RAY,
        "start",
        *options,
        "--node-ip-address=127.0.0.1",
        "--num-cpus=1",
        "--disable-usage-stats",
        "--block",
    ]
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


def wait_for_alive(address: str, number: int) -> None:
    code = "import ray, sys; ray.init(sys.argv[1], logging_level='ERROR'); print(sum(n['Alive'] for n in ray.nodes()))"
    for _ in range(10):
        done = subprocess.run([sys.executable, "-c", code, address], env=SECRET, capture_output=True, check=False)
        if done.stdout.split()[-1:] == [str(number).encode()]:
            return
        time.sleep(2)
    pytest.fail(f"there are not {number} nodes: {done.stderr.decode()[-500:]}")


def test_ray_on_this_machine_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    clean_folder(source, tmp_path / "inline")
    subprocess.run([*BATCH, source, tmp_path / "out"], check=True, env=SECRET)
    assert tree(tmp_path / "out") == tree(tmp_path / "inline")


def test_a_node_that_dies_costs_nothing_but_time(source: Path, tmp_path: Path) -> None:
    clean_folder(source, tmp_path / "inline")
    address = f"127.0.0.1:{find_port()}"
    with node("--head", f"--port={address[10:]}", "--include-dashboard=false"):
        wait_for_alive(address, 1)
        with node(f"--address={address}") as second:
            wait_for_alive(address, 2)
            run = subprocess.Popen([*BATCH, source, tmp_path / "out", "--ray-address", address], env=SECRET)
            while run.poll() is None and not list((tmp_path / "out").rglob("evidence/*")):
                time.sleep(0.05)
            second.kill()
            assert run.wait(240) == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "inline")
