"""The same passes on Ray: the same bytes; on a cluster of two nodes, of which one dies."""

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ligafix.corpus.run import Batch, run_batch
from tests.corpus.inline import CLEAN, DAMAGED, clean_folder, tree

ray = pytest.importorskip("ray")
pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # other people's
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX only"),
    pytest.mark.skipif(not os.environ.get("LIGAFIX_RAY"), reason="takes a minute; LIGAFIX_RAY=1 runs it"),
]
RAY = str(Path(sys.executable).with_name("ray"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for number in range(24):
        folder = tmp_path / "in" / f"book{number % 4}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text((DAMAGED if number % 4 else CLEAN) * (number + 5))
    return tmp_path / "in"


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Two nodes on this machine: the address of the first, and the process of the second."""
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    options = ["--node-ip-address=127.0.0.1", "--num-cpus=1", "--disable-usage-stats", "--block"]
    head = subprocess.Popen(
        [RAY, "start", "--head", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(8)
    second = subprocess.Popen(
        [RAY, "start", f"--address={address}", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield address, second
    finally:
        ray.shutdown()
        for process in (second, head):
            process.terminate()
            process.wait(30)


def test_ray_gives_the_same_bytes_even_when_a_node_dies(
    source: Path, tmp_path: Path, cluster: tuple[str, "subprocess.Popen[bytes]"]
) -> None:
    from ligafix.corpus.ray_engine import ray_engine

    clean_folder(source, tmp_path / "inline")
    address, second = cluster
    engine = ray_engine(1, address)
    deadline = time.monotonic() + 30
    while len([node for node in ray.nodes() if node["Alive"]]) < 2 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert ray.cluster_resources()["CPU"] == 2
    killer = threading.Timer(3.0, second.kill)
    begun: list[str] = []

    def on_document(phase: str, total: int) -> None:
        if not begun:
            killer.start()
        begun.append(phase)

    run_batch(Batch(str(source), tmp_path / "out"), engine, on_document)
    killer.join()
    assert tree(tmp_path / "out") == tree(tmp_path / "inline")
