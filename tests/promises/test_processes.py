"""What simforms starts runs nothing out of the current folder, leaves no core file, and makes the same bytes whatever is set."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import CHECKOUT

from simforms import processes

CASE = CHECKOUT / "samples" / "no-answer" / "case.yaml"
COMMAND = str(Path(sysconfig.get_path("scripts")) / "simforms")
ROWS = """\
id,reference,carrier,language,person.name,line.number
A,SF-A,softbank,en,WANG XIAOMING,090-1234-5671
B,SF-B,au,ko,KIM MINSU,090-1234-5672
"""
LIBRARIES = {name for name in packages_distributions() if name.isidentifier()} | {"simforms", "sitecustomize", "usercustomize"}
PROGRAMS = ("xdg-open", "lp", "lpstat", "python", "python3", "bash", "less", "sh", "apt-get", "gcc", "ld", "ldconfig")

COMMANDS: Mapping[str, Sequence[str]] = {
    "check": ["check", "case.yaml"],
    "plan": ["plan", "case.yaml"],
    "render": ["render", "case.yaml", "-d", "call-log", "-o", "out"],
    "render with other templates": ["render", "case.yaml", "-d", "proof-sheet", "--content", "mine", "-o", "out"],
    "preview": ["preview", "case.yaml", "-d", "call-log", "-o", "out", "--open"],
    "open": ["open", "case.yaml", "-d", "call-log", "-o", "out"],
    "print": ["print", "case.yaml", "-d", "call-log"],
    "batch": ["batch", "rows.csv", "-d", "call-log", "-o", "out", "--workers", "2", "--yes"],
    "doctor": ["doctor"],
    "carriers": ["carriers"],
    "completion": ["completion", "bash"],
    "man": ["man"],
}


def _planted(place: Path) -> Path:
    """Put modules and programs into a folder that say so when they are run; return where they say it."""
    ran = place / "ran"
    for name in {*sys.stdlib_module_names, *LIBRARIES} - {"__future__"}:
        (place / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write({name!r} + ' ')\n")
    for name in ("encodings", "multiprocessing", "weasyprint", "importlib"):
        (place / name).mkdir()
        (place / name / "__init__.py").write_text(f"open({str(ran)!r}, 'a').write({name!r} + ' ')\n")
    for name in PROGRAMS:
        (place / name).write_text(f"#!/bin/sh\necho {name} >> '{ran}'\n")
        (place / name).chmod(0o755)
    return ran


def _world(place: Path) -> None:
    (place / "case.yaml").write_bytes(CASE.read_bytes())
    (place / "rows.csv").write_text(ROWS)
    (place / "mine" / "templates" / "proof-sheet").mkdir(parents=True)
    own = CHECKOUT / "templates" / "proof-sheet" / "document.html.j2"
    (place / "mine" / "templates" / "proof-sheet" / "document.html.j2").write_bytes(own.read_bytes())


def _programs(place: Path) -> Path:
    """Make a printer and a viewer that are meant."""
    place.mkdir()
    for name, answer in (
        ("lp", "request id is Office-1 (1 file)"),
        ("lpstat", "system default destination: Office"),
        ("xdg-open", ""),
    ):
        (place / name).write_text(f"#!/bin/sh\ncat >/dev/null </dev/null\necho '{answer}'\n")
        (place / name).chmod(0o755)
    return place


def _environment(**more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**plain, "LC_ALL": "C.UTF-8", "DISPLAY": ":0", **more}


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_in_the_current_folder_is_run(name: str, tmp_path: Path) -> None:
    place = tmp_path / "here"
    place.mkdir()
    _world(place)
    ran = _planted(place)
    path = os.pathsep.join([".", "", str(_programs(tmp_path / "bin")), "here/..", os.environ["PATH"]])

    done = subprocess.run(
        [COMMAND, *COMMANDS[name]],
        cwd=place,
        env=_environment(PATH=path),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert not ran.exists() or not ran.read_text()
    assert done.returncode in ({0, 3} if name == "doctor" else {0}), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["render", "render with other templates", "batch"])
def test_nothing_in_the_current_folder_is_run_by_python_m(name: str, tmp_path: Path) -> None:
    """What Python itself loads before it comes to us is Python's affair; all that comes after is not."""
    _world(tmp_path)
    ran = tmp_path / "ran"
    for module in (
        "selectors",
        "json",
        "click",
        "pebble",
        "weasyprint",
        "jinja2",
        "socket",
        "tempfile",
        "subprocess",
        "resource",
    ):
        (tmp_path / f"{module}.py").write_text(f"open({str(ran)!r}, 'a').write({module!r} + ' ')\n")

    command = [sys.executable, "-m", "simforms", *COMMANDS[name]]
    done = subprocess.run(command, cwd=tmp_path, env=_environment(), capture_output=True, text=True, check=False, timeout=120)

    assert not ran.exists()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["render with other templates", "batch"])
def test_an_empty_part_of_a_list_is_not_the_current_folder_for_what_is_started(name: str, tmp_path: Path) -> None:
    """`PYTHONPATH=:/x`, which many a profile sets, means the current folder to Python; to what we start it does not."""
    _world(tmp_path)
    ran = tmp_path / "ran"
    plant = f"open({str(ran)!r}, 'a').write(__name__)"
    script = f"""
import selectors, sys
from simforms.cli.main import main
open("selectors.py", "w").write({plant!r})
main()
"""
    command = [sys.executable, "-P", "-c", script, *COMMANDS[name]]
    environment = _environment(PYTHONPATH=os.pathsep.join(["", str(CHECKOUT)]))

    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120)

    assert not ran.exists()
    assert done.returncode == 0, done.stderr


def test_a_program_that_uses_us_has_its_environment_back(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import os, simforms\n"
        "if __name__ == '__main__':\n"
        "    before = dict(os.environ)\n"
        "    case = {'carrier': 'au', 'language': 'en', 'person': {'name': 'WANG'}, 'line': {'number': '090-1234-5671'}}\n"
        "    [(_, outcome)] = simforms.batch({'A': case}, documents=['call-log'], workers=1)\n"
        "    assert outcome.papers, outcome\n"
        "    assert dict(os.environ) == before\n"
    )

    done = subprocess.run([sys.executable, script], env=_environment(), capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stderr


CHANGING = {
    "HB_SHAPER_LIST": "fallback",
    "HB_FONT_FUNCS": "fallback",
    "FONTCONFIG_SYSROOT": "/nowhere",
    "FONTCONFIG_PATH": "/nowhere",
    "FONTCONFIG_FILE": "/nowhere/fonts.conf",
    "FC_LANG": "ar",
    "FC_DEBUG": "1",
    "PANGO_LANGUAGE": "ar:zh-tw",
    "FREETYPE_PROPERTIES": "cff:no-stem-darkening=0 truetype:interpreter-version=35",
    "G_MESSAGES_DEBUG": "all",
}


@pytest.mark.parametrize("name", ["render", "batch", "render with other templates", "preview"])
def test_what_is_set_changes_no_byte(name: str, tmp_path: Path) -> None:
    made = []
    for number, more in enumerate(({}, CHANGING)):
        place = tmp_path / str(number)
        place.mkdir()
        _world(place)
        path = os.pathsep.join([str(_programs(place / "bin")), os.environ["PATH"]])
        command = [COMMAND, *COMMANDS[name]]
        done = subprocess.run(
            command, cwd=place, env=_environment(PATH=path, **more), capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        papers = sorted(path for path in (place / "out").iterdir() if path.suffix in {".pdf", ".png"})
        made.append({path.name: path.read_bytes() for path in papers if not path.name.startswith("index")})

    assert made[0]
    assert made[0] == made[1]


def test_a_viewer_gets_its_own_settings_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems set them for all programs (NixOS: FONTCONFIG_FILE); what is taken from us is not taken from others."""
    for one in (processes._removed, processes._added):
        monkeypatch.setattr(processes, "_removed" if one is processes._removed else "_added", type(one)())
    monkeypatch.setattr(os, "environ", dict(os.environ) | {"FONTCONFIG_FILE": "/x/fonts.conf", "PATH": "/bin::."})
    os.environ.pop("PYTHONSAFEPATH", None)
    processes.same_bytes()

    assert "FONTCONFIG_FILE" not in os.environ
    assert processes.for_programs(os.environ)["FONTCONFIG_FILE"] == "/x/fonts.conf"
    assert processes.for_programs(os.environ)["PATH"] == "/bin"


_CORES = """
import resource, sys
from simforms.batches import pool
from simforms.pdf import press
import ctypes
def told():
    return resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such call")
@pytest.mark.parametrize(
    "where",
    [
        "import simforms.cli.main as m\nm.main(['languages'], standalone_mode=False)\nprint(told())",
        "from simforms.cli import sandbox_child\nimport io, json\nfrom simforms.cli.sandbox import Order\n"
        "class Input:\n    buffer = io.BytesIO(Order().written())\n"
        "sys.stdin = Input\nsandbox_child._confine = lambda _: (print(told(), file=sys.__stderr__), sys.exit())\n"
        "import tempfile\nfrom pathlib import Path\nfrom simforms.cli import foreign_folder\n"
        "sys.argv = ['', tempfile.mkdtemp(dir=sys.argv[1])]\n"
        "foreign_folder.write(foreign_folder.own(Path(sys.path[-1])), Path(sys.argv[1]))\nsandbox_child._run()",
        "pool._confined()\nprint(told())",
    ],
    ids=["the command line", "different templates", "a worker"],
)
def test_no_process_leaves_its_memory_in_a_file(where: str, tmp_path: Path) -> None:
    script = _CORES + f"sys.path.append({str(CHECKOUT)!r})\n" + where

    done = subprocess.run(
        [sys.executable, "-P", "-c", script, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )

    assert f"({(processes.NO_CORE, processes.NO_CORE)}, 0)" in done.stdout + done.stderr, done.stderr
