"""How a run ends before its end: Ctrl-C, SIGTERM, a closed pipe, a worker that is killed."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from reportedly.config import Settings
from reportedly.pipeline import read_all

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX"),
]

TEXT = "Rebels shelled the town of Oldport on Friday, killing {} people, medics said. "


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number in range(2_000):
            out.write(json.dumps({"id": number, "text": TEXT.format(number + 2) * 5}) + "\n")
    return path


def start(lines: Path, processes: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "reportedly", "read", str(lines), "--jsonl", "--processes", str(processes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_ends_quietly_and_leaves_no_worker(
    lines: Path, processes: int, sent: signal.Signals, status: int
) -> None:
    process = start(lines, processes)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b'{"record":')  # lines appear while documents are read
    workers = psutil.Process(process.pid).children(recursive=True)
    # A terminal sends Ctrl-C to the whole group; SIGTERM goes to one process.
    (os.killpg if sent is signal.SIGINT else os.kill)(process.pid, sent)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == status
    assert errors == b""
    assert psutil.wait_procs(workers, timeout=10)[1] == []


def test_workers_end_with_a_parent_that_is_killed(lines: Path) -> None:
    process = start(lines, 2)
    assert process.stdout is not None
    process.stdout.readline()
    workers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    assert psutil.wait_procs(workers, timeout=10)[1] == []


def test_a_closed_pipe_ends_the_run_quietly(lines: Path) -> None:
    process = start(lines, 1)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=20) == 128 + signal.SIGPIPE
    assert process.stderr.read() == b""


def test_a_killed_worker_costs_no_document(tmp_path: Path) -> None:
    for number in range(24):
        (tmp_path / f"{number:02}.txt").write_text(TEXT.format(number + 2), encoding="utf-8")
    reports = read_all([str(tmp_path)], Settings(processes=2))
    found = [next(reports)]
    for worker in multiprocessing.active_children():
        worker.kill()
        time.sleep(0.1)
    found.extend(reports)
    addresses = [report.document.address for report in found if report.document]
    assert addresses == [str(tmp_path / f"{number:02}.txt") for number in range(24)]
