"""The language files: merged into one tree, named as OVOS needs them, complete."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from enms_core.domain.errors import LanguageMissing
from enms_core.domain.intents import INTENTS
from enms_core.language.checkout import link_checkout
from enms_core.language.classify import OTHER
from enms_core.language.files import languages, load_language, resources_root
from enms_core.language.merge import merged_files

OVOS_NAME = re.compile(r"[a-z0-9_]+")
SLOT_OF_OVOS = re.compile(r"\{([a-z_]+)\}")
OURS_NOT_OVOS = frozenset({".value"})  # lists of words that only the core reads
LINKING = """
import sys
from pathlib import Path
from enms_core.language.checkout import link_checkout
sys.stdin.read()
print(link_checkout(Path(sys.argv[1])))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with one file of each of the three folders."""
    for name, text in {
        "locale/en-us/intents/energy.intent": "how much (energy|power) [{period}]\n",
        "locale/en-us/skill.json": "{}",
        "dialog/en-us/cancelled.dialog": "# a comment\nAll right.\n\nOkay.\n",
        "dialog/en-us/units.value": "kWh, kilowatt hour | kilowatt hours\n",
        "vocab/en-us/cancel.voc": "[never] mind\n",
        "vocab/en-us/period.entity": "today\n",
    }.items():
        path = tmp_path / "checkout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "checkout"


def test_three_folders_merge_into_the_one_that_ovos_reads(checkout: Path) -> None:
    merged = merged_files(checkout)

    assert {str(target): str(path.relative_to(checkout)) for target, path in merged.items()} == {
        "locale/en-us/intents/energy.intent": "locale/en-us/intents/energy.intent",
        "locale/en-us/skill.json": "locale/en-us/skill.json",
        "locale/en-us/dialog/cancelled.dialog": "dialog/en-us/cancelled.dialog",
        "locale/en-us/dialog/units.value": "dialog/en-us/units.value",
        "locale/en-us/vocab/cancel.voc": "vocab/en-us/cancel.voc",
        "locale/en-us/vocab/period.entity": "vocab/en-us/period.entity",
    }


def test_a_linked_checkout_shows_each_change_of_a_file(checkout: Path) -> None:
    root = link_checkout(checkout)

    (checkout / "dialog/en-us/cancelled.dialog").write_text("Fine.\n", encoding="utf-8")

    linked = root / "locale/en-us/dialog/cancelled.dialog"
    assert linked.is_symlink()
    assert linked.read_text(encoding="utf-8") == "Fine.\n"


def test_the_links_are_made_once_until_a_file_is_added(checkout: Path) -> None:
    first = link_checkout(checkout)
    again = link_checkout(checkout)

    (checkout / "vocab/en-us/article.voc").write_text("the\n", encoding="utf-8")
    added = link_checkout(checkout)

    assert again == first
    assert added != first
    assert (added / "locale/en-us/vocab/article.voc").is_symlink()


def test_the_links_can_be_made_in_another_folder(checkout: Path, tmp_path: Path) -> None:
    root = link_checkout(checkout, tmp_path / "elsewhere")

    assert root.parent == tmp_path / "elsewhere"
    assert not (checkout / "build").exists()


def test_processes_that_start_at_once_share_one_folder(checkout: Path) -> None:
    command = [sys.executable, "-c", LINKING, str(checkout)]
    pipe = subprocess.PIPE
    starting = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    for process in starting:
        assert process.stdin is not None
        process.stdin.close()
    roots = {process.stdout.read().strip() for process in starting if process.stdout is not None}

    assert [process.wait() for process in starting] == [0, 0, 0, 0]
    assert [str(path) for path in (checkout / "build").iterdir()] == list(roots)
    for process in starting:
        assert process.stdout is not None
        process.stdout.close()


def test_the_folder_of_a_quicker_process_is_used(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def late(unfinished: Path, root: Path) -> Path:
        (root / "locale").mkdir(parents=True)
        return rename(unfinished, root)

    monkeypatch.setattr(Path, "rename", late)
    root = link_checkout(checkout)

    assert [path.name for path in root.iterdir()] == ["locale"]
    assert list(root.parent.iterdir()) == [root]


def test_a_folder_that_cannot_be_made_is_an_error(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_unfinished: Path, _root: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refused)

    with pytest.raises(PermissionError):
        link_checkout(checkout)


def test_files_are_read_with_alternatives_written_out(checkout: Path) -> None:
    files = load_language("en-US", link_checkout(checkout))

    assert files.lang == "en-us"
    assert files.intents["energy"] == (
        "how much energy {period}",
        "how much energy",
        "how much power {period}",
        "how much power",
    )
    assert files.vocabulary["cancel"] == ("never mind", "mind")
    assert files.entities["period"] == ("today",)
    assert files.dialogs["cancelled"] == ("All right.", "Okay.")
    assert files.values["units"]["kWh"] == "kilowatt hour | kilowatt hours"


def test_a_language_without_files_is_missing(checkout: Path) -> None:
    root = link_checkout(checkout)

    assert languages(root) == ("en-us",)
    with pytest.raises(LanguageMissing, match="xx-xx"):
        load_language("xx-xx", root)


@pytest.mark.parametrize("lang", languages())
def test_bare_names_are_unique_and_such_as_ovos_finds(lang: str) -> None:
    paths = [path for path in (resources_root() / "locale" / lang).rglob("*") if path.is_file()]
    spoken = [path for path in paths if path.suffix not in OURS_NOT_OVOS]

    assert [name for name, n in Counter(p.name for p in paths).items() if n > 1] == []
    assert [p.name for p in spoken if not OVOS_NAME.fullmatch(p.stem)] == []
    assert {p.suffix for p in spoken} == {".intent", ".dialog", ".voc", ".entity", ".json"}


def test_every_language_has_the_same_files_but_for_its_grammar() -> None:
    """Word lists may be left out where a language has no such words; the rest may not."""
    files = [load_language(lang) for lang in languages()]

    assert files
    for each in files:
        assert set(each.intents) - {OTHER} == set(INTENTS)
        assert set(each.dialogs) == set(files[0].dialogs)
        assert {name: set(words) for name, words in each.values.items()} == {
            name: set(words) for name, words in files[0].values.items()
        }


@pytest.mark.parametrize("lang", languages())
def test_no_language_file_is_empty(lang: str) -> None:
    files = load_language(lang)

    for kind in (files.intents, files.vocabulary, files.entities, files.dialogs, files.values):
        assert [name for name, lines in kind.items() if not lines] == []


@pytest.mark.parametrize("lang", languages())
def test_the_phrasings_of_a_dialog_have_the_same_slots(lang: str) -> None:
    for name, lines in load_language(lang).dialogs.items():
        assert len({frozenset(SLOT_OF_OVOS.findall(line)) for line in lines}) == 1, name


@pytest.mark.parametrize("lang", languages())
def test_every_intent_can_be_named(lang: str) -> None:
    topics = load_language(lang).values["topics"]

    # `repeat` is answered by the engine itself, whatever was said before.
    assert set(topics) == set(INTENTS) - {"repeat"}


@pytest.mark.parametrize("lang", languages())
def test_a_template_keeps_the_rules_of_ovos_for_slots(lang: str) -> None:
    """A slot twice stops padacioso for every skill; newer sets drop slots side by side."""
    for intent, templates in load_language(lang).intents.items():
        for template in templates:
            slots = re.findall(r"\{(\w+)\}", template)
            assert len(slots) == len(set(slots)), f"{intent}: {template}"
            assert not re.search(r"\}\s*\{", template), f"{intent}: {template}"
