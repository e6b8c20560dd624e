"""The package holds all its content, and prints wherever it is installed."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import CHECKOUT, SAMPLES

from simforms.errors import ContentError
from simforms.knowledge.content import content


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    [made] = folder.glob("*.whl")
    return made


def test_the_wheel_holds_every_template_catalog_and_carrier(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"simforms/_content/{path.relative_to(CHECKOUT)}" for name in ("templates", "locales") for path in _files(CHECKOUT / name)
    }
    wanted |= {str(path.relative_to(CHECKOUT)) for path in _files(CHECKOUT / "simforms")}

    assert wanted <= inside
    assert not [name for name in inside if name.startswith(("tests/", "samples/", "templates/", "locales/"))]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_wheel_prints_a_sample_where_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    """Installed without the checkout; the libraries it needs are those of this run."""
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    [site] = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    libraries = Path(pytest.__file__).parent.parent
    (site / "libraries.pth").write_text(f"{libraries}\n")
    script = (
        "import sys\nfrom pathlib import Path\nimport simforms\nfrom simforms.cli.main import main\n"
        "assert Path(simforms.__file__).is_relative_to(sys.prefix)\nmain()"
    )

    command = [str(python), "-c", script, "render", str(SAMPLES[0]), "-o", str(tmp_path / "out")]
    result = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)

    assert result.returncode == 0, result.stderr
    assert all(Path(line).read_bytes().startswith(b"%PDF") for line in result.stdout.splitlines())
    assert result.stdout.count("\n") == 4


def test_content_is_found_in_an_installed_package_and_in_a_checkout(tmp_path: Path) -> None:
    installed = tmp_path / "installed" / "simforms"
    (installed / "_content").mkdir(parents=True)
    checkout = tmp_path / "checkout"
    (checkout / "templates").mkdir(parents=True)
    (checkout / "pyproject.toml").touch()

    assert content(installed) == installed / "_content"
    assert content(checkout / "simforms") == checkout


def test_content_that_is_nowhere_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="install simforms again"):
        content(tmp_path)
