"""What stock engines of OVOS get of our language files."""

from __future__ import annotations

from pathlib import Path

from enms_core.language.files import languages
from enms_core.services.engine import ANSWERED
from skill_enms.offered import TEMPLATES, few, offered_resources


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_each_answered_intent_is_offered_with_a_few_sentences(tmp_path: Path) -> None:
    offered = offered_resources(ANSWERED, tmp_path)

    for lang in languages():
        found = {path.stem: lines(path) for path in (offered / "locale" / lang).rglob("*.intent")}
        assert set(found) == set(ANSWERED)
        assert all(1 <= len(sentences) <= TEMPLATES for sentences in found.values())


def test_word_lists_are_kept_from_the_stock_engines(tmp_path: Path) -> None:
    offered = offered_resources(ANSWERED, tmp_path)

    assert not list(offered.rglob("*.voc"))
    assert list(offered.rglob("*.dialog"))
    assert list(offered.rglob("skill.json"))


def test_the_folder_is_made_once_for_the_same_files(tmp_path: Path) -> None:
    first = offered_resources(ANSWERED, tmp_path)
    again = offered_resources(ANSWERED, tmp_path)
    fewer = offered_resources({"energy"}, tmp_path)

    assert first == again != fewer
    assert sorted(tmp_path.iterdir()) == sorted([first, fewer])


def test_sentences_come_from_all_over_a_file_and_none_is_short() -> None:
    written = ["again", *(f"sentence number {n} of this file" for n in range(60))]

    chosen = few(written)

    assert chosen == [written[1 + 10 * n] for n in range(TEMPLATES)]


def test_a_file_of_short_sentences_is_offered_all_the_same() -> None:
    assert few(["again", "repeat"]) == ["again", "repeat"]
