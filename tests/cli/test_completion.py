"""Shells complete commands, options and the names of documents, carriers and languages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WANTED = [
    ("simforms ver", {"verify"}),
    ("simforms render --pa", {"--packet", "--password-file"}),
    ("simforms render x.yaml -d counter", {"counter-card"}),
    ("simforms render x.yaml --document refund", {"refund-request"}),
    ("simforms render x.yaml -l zh", {"zh-Hans", "zh-Hant"}),
    ("simforms render x.yaml --format t", {"text"}),
    ("simforms check --ui ja", {"ja", "ja-x-easy"}),
    ("simforms --ui v", {"vi"}),
    ("simforms carriers linem", {"linemo"}),
    ("simforms documents data", {"data-erasure"}),
    ("simforms completion z", {"zsh"}),
]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the command."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "simforms").write_text(f'#!/bin/sh\nexec {sys.executable} -m simforms "$@"\n')
    (folder / "simforms").chmod(0o700)
    return folder


def _environment(command: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{command}:{os.environ['PATH']}", **more}


@pytest.mark.parametrize(("typed", "wanted"), WANTED)
def test_bash_completes(typed: str, wanted: set[str], command: Path) -> None:
    """The script is sourced, and its function called as bash calls it."""
    words = typed.split()
    script = (
        'source <(simforms completion bash) || exit 9\nfunction_of() { complete -p simforms | sed -E "s/.*-F ([^ ]+).*/\\1/"; }\n'
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}\n"
        "$(function_of) simforms\nprintf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], env=_environment(command), capture_output=True, text=True, check=True, timeout=60
    )

    assert set(done.stdout.split()) == wanted, done.stderr


@pytest.mark.parametrize(("typed", "wanted"), WANTED)
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_zsh_and_fish_are_answered(shell: str, typed: str, wanted: set[str], command: Path) -> None:
    """The questions that their scripts ask."""
    words = typed.split()
    asked = {"COMP_WORDS": typed, "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1)}
    done = subprocess.run(
        ["simforms"],
        env=_environment(command, _SIMFORMS_COMPLETE=f"{shell}_complete", LC_ALL="C.UTF-8", **asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert set(re.split(r"[\s,]", done.stdout)) >= wanted, done.stdout


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_scripts_are_right_for_their_shell(shell: str, command: Path, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if not program:
        pytest.skip(f"{shell} is not installed here")
    script = subprocess.run(["simforms", "completion", shell], env=_environment(command), capture_output=True, check=True).stdout
    (tmp_path / "script").write_bytes(script)

    subprocess.run([program, "-n", str(tmp_path / "script")], check=True, capture_output=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_names_the_command_and_its_question(shell: str, command: Path) -> None:
    done = subprocess.run(
        ["simforms", "completion", shell], env=_environment(command), capture_output=True, text=True, check=True
    )

    assert f"_SIMFORMS_COMPLETE={shell}_complete" in done.stdout


def test_completing_loads_nothing_heavy(command: Path) -> None:
    script = (
        "import sys\nfrom simforms.cli.main import main\n"
        "try:\n    main(prog_name='simforms')\nexcept SystemExit:\n    pass\n"
        "loaded = {'babel', 'jinja2', 'ruamel', 'weasyprint', 'simforms.knowledge.documents'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    for typed in ("simforms render -d c", "simforms render -l z", "simforms carriers a", "simforms --ui j"):
        environment = _environment(
            command, _SIMFORMS_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=str(typed.count(" ")), LC_ALL="C"
        )
        subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True)
