"""However it is installed, the skill finds its words and OVOS finds the skill."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from enms_core.language.files import load_language, resources_root
from enms_core.storage import schema

CHECKOUT = Path(__file__).resolve().parents[2]
# Run away from the checkout with only the installed copy on the path.
FINDS_ITS_WORDS = """
import sys
from pathlib import Path
import enms_core
from enms_core.language.files import load_language, resources_root
assert Path(enms_core.__file__).is_relative_to(Path(sys.argv[1])), enms_core.__file__
files = load_language("en-us")
print(resources_root())
print(len(files.intents), len(files.dialogs), len(files.vocabulary))
from skill_enms.skill import EnergySkill
from enms_core.storage.schema import head
print(head())
"""


def pip(*arguments: str, cwd: Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def copied_checkout(folder: Path) -> Path:
    """The files that git knows, so that nothing built before is taken along."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    archive = folder / "checkout.tar"
    with tarfile.open(archive, "w") as tar:
        for name in listed.stdout.decode().split("\0"):
            if name and (CHECKOUT / name).exists():
                tar.add(CHECKOUT / name, name)
    target = folder / "checkout"
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target


def installed_from(source: Path, folder: Path) -> Path:
    target = folder / "installed"
    without = ["--no-deps", "--no-build-isolation", "--quiet"]
    pip("install", *without, "--target", str(target), str(source), cwd=folder)
    return target


def words_of(target: Path, folder: Path) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(target), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FINDS_ITS_WORDS, str(target)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def counts() -> str:
    files = load_language("en-us")
    return f"{len(files.intents)} {len(files.dialogs)} {len(files.vocabulary)}"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_checkout(tmp_path_factory.mktemp("copied"))


def test_a_wheel_carries_the_merged_language_files(checkout: Path, tmp_path: Path) -> None:
    target = installed_from(checkout, tmp_path)

    root, found, revision = words_of(target, tmp_path)

    assert Path(root) == target / "enms_core" / "resources"
    assert found == counts()
    assert revision == schema.head()


def test_a_wheel_made_from_the_sdist_carries_them_too(checkout: Path, tmp_path: Path) -> None:
    build = "import setuptools.build_meta as b, sys; print(b.build_sdist(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]

    target = installed_from(next(tmp_path.glob("*.tar.gz")), tmp_path)

    assert words_of(target, tmp_path)[1] == counts()


def test_an_editable_install_links_the_files_of_the_checkout() -> None:
    root = resources_root()

    assert not root.is_relative_to(CHECKOUT / "enms_core")
    dialog = root / "locale" / "en-us" / "dialog" / "energy_used.dialog"
    assert dialog.resolve() == CHECKOUT / "dialog" / "en-us" / "energy_used.dialog"


@pytest.mark.parametrize(
    ("group", "name", "target"),
    [
        ("opm.skill", "skill-enms.enms", "skill_enms.skill:EnergySkill"),
        ("opm.pipeline", "skill-enms-pipeline", "skill_enms.pipeline:EnmsPipeline"),
        ("console_scripts", "enms", "enms_cli.main:main"),
    ],
)
def test_ovos_and_the_shell_find_the_entry_points(group: str, name: str, target: str) -> None:
    found = [entry for entry in entry_points(group=group) if entry.name == name]

    assert [entry.value for entry in found] == [target]
    assert callable(found[0].load())
