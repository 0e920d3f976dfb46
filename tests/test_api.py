"""The library: the documented example runs, and the errors are what their tree says."""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path

import pytest

import translate
from tests.cli.conftest import BRIEF
from translate import Lang, Options, TextLimits, engines
from translate.errors import InputError, RegistryError, TranslateError
from translate.loading import choose, load
from translate.registry import Registry

ROOT = Path(__file__).parent.parent
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def at_home(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with `brief.txt`, where the best model present is a small real one."""
    (tmp_path / "brief.txt").write_text(BRIEF, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRANSLATE_MODELS", str(tiny))
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "store"))
    return tmp_path


def test_the_documented_examples_run(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs/library.md").read_text("utf-8").replace('"embedded"', '"tiny"')
    names: dict[str, object] = {}
    examples = EXAMPLE.findall(page)
    assert len(examples) >= 9
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"docs/library.md, example {number}", "exec"), names)
    printed = capsys.readouterr().out
    assert "Accord sur le climat à Genève" in printed
    assert "no-such-file.txt: no such file" in printed
    assert "m:tiny@" in printed


def test_the_example_of_the_package_is_that_of_the_page() -> None:
    assert translate.__doc__
    first = EXAMPLE.search((ROOT / "docs/library.md").read_text("utf-8"))
    assert first
    example = [line.strip() for line in translate.__doc__.splitlines()[2:] if line.strip()]
    assert example == [line for line in first[1].splitlines() if line.strip()]


def test_targets_of_one_model_share_one_engine(at_home: Path) -> None:
    pipeline = load(["zh", "en", "zh"])
    assert pipeline.targets == (Lang.ZH, Lang.EN)
    assert pipeline.engines[Lang.EN] is pipeline.engines[Lang.ZH]
    assert [pipeline.recipes[lang].model for lang in pipeline.targets] == ["tiny", "tiny"]
    recipe = pipeline.recipes[Lang.EN]
    assert recipe.engine in engines.LOADERS
    assert (recipe.device, recipe.version) == ("cpu", translate.__version__)
    assert re.fullmatch(r"[0-9a-f]{40,64}", recipe.revision)


def test_the_beam_is_in_the_recipe(at_home: Path) -> None:
    assert load("en", beam=3).recipes[Lang.EN].beam == 3


def test_text_bytes_and_file_give_the_same(at_home: Path) -> None:
    pipeline = load("en")
    results = [pipeline.translate(source) for source in (BRIEF, BRIEF.encode("utf-16"), Path("brief.txt"))]
    assert results[0].blocks == results[1].blocks == results[2].blocks
    assert [result.dispatch.name for result in results] == ["-", "-", "brief.txt"]


def test_the_result_does_not_depend_on_what_is_translated_with_it(at_home: Path) -> None:
    """Same sentence, same model: same answer alone, and in a batch with longer ones."""
    pipeline = load(["en", "zh"], summarizer=None)
    together = pipeline.translate(Path("brief.txt"))
    answers = set()
    for number, block in together.dispatch.prose:
        alone = pipeline.run(translate.Dispatch((block,)))
        for lang in pipeline.targets:
            assert alone.blocks[0].translations[lang] == together.blocks[number].translations[lang]
            answers.add(alone.blocks[0].translations[lang].text)
    assert len(answers) > 1, "the model must tell its inputs apart, else this proves nothing"


def test_a_str_is_text_and_never_a_file(at_home: Path) -> None:
    result = load("en", summarizer=None).translate(
        "brief.txt est un nom de fichier que le ministre a choisi."
    )
    assert result.dispatch.blocks[0].text.startswith("brief.txt est un nom")


def test_half_a_surrogate_pair_is_bad_input(at_home: Path) -> None:
    with pytest.raises(InputError, match="surrogate"):
        translate.read_dispatch("Le ministre \ud800 a parlé.")


def test_limits_are_kept(at_home: Path) -> None:
    with pytest.raises(InputError, match="limit"):
        load("en", options=Options(limits=TextLimits(max_characters=20))).translate(BRIEF)


@pytest.mark.parametrize("to", ["fr", "de", [], ["en", "xx"]])
def test_unknown_target(at_home: Path, to: str | list[str]) -> None:
    with pytest.raises(RegistryError) as caught:
        load(to)
    assert caught.value.hint == "choose from en, zh"


def test_named_models_go_first_and_the_best_one_present_does_the_rest(tiny: Path) -> None:
    registry = Registry.load(tiny)
    chosen = choose(registry, [Lang.EN, Lang.ZH], ["opus-mt-fr-en"])
    assert [spec.id for spec in chosen.values()] == ["opus-mt-fr-en", "tiny"]


def test_one_model_for_each_target(tiny: Path) -> None:
    chosen = choose(Registry.load(tiny), [Lang.EN, Lang.ZH], ["pivot-zh", "fr-en"])
    assert {lang: spec.id for lang, spec in chosen.items()} == {
        "en": "opus-mt-fr-en",
        "zh": "opus-mt-fr-en-zh",
    }


def every_error(root: type[TranslateError] = TranslateError) -> list[type[TranslateError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in every_error(child))]


def test_the_tree_of_errors_is_the_one_that_is_drawn() -> None:
    from translate import errors

    assert errors.__doc__
    drawn = re.findall(r"(\w+Error)\s+(\d+)", errors.__doc__)
    assert drawn == [
        (kind.__name__, str(kind.exit_code)) for kind in every_error() if kind.__module__ == errors.__name__
    ]


def test_exit_codes_of_the_families_differ() -> None:
    codes = {kind.exit_code for kind in TranslateError.__subclasses__()}
    assert {3, 4, 5, 6} <= codes and not codes & {0, 2, 130, 141}
    for family in TranslateError.__subclasses__():
        assert {kind.exit_code for kind in every_error(family)} == {family.exit_code}


def test_a_glossary_that_cannot_be_used_is_told_before_the_engine_is_loaded(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()

    def slow(*_: object, **__: object) -> None:
        assert told.wait(timeout=20)

    monkeypatch.setattr("translate.loading.load_engine", slow)
    try:
        with pytest.raises(InputError, match="no-such-glossary"):
            load("en", glossary=["no-such-glossary.tsv"], summarizer=None)
        assert not told.is_set()
    finally:
        told.set()


@pytest.mark.parametrize(("engine", "together"), [("ct2", True), ("torch", False)])
def test_targets_are_asked_together_where_the_engine_allows_it(
    engine: str, together: bool, at_home: Path
) -> None:
    pipeline = load("en", engine=engine, device="cpu", summarizer=None)
    assert pipeline.together is together


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_an_engine_that_begins_early_answers_the_same(engine: str, at_home: Path) -> None:
    text = "Le ministre a signé un accord à Paris. Il entrera en vigueur en 2025."
    usual = load("en", engine=engine, device="cpu", summarizer=None)
    early = load("en", engine=engine, device="cpu", summarizer=None, soon=lambda: [text.split(". ")[0] + "."])
    assert early.translate(text) == usual.translate(text)


def test_what_runs_a_model_can_be_imported_early(monkeypatch: pytest.MonkeyPatch) -> None:
    engines.imported("nonsense")  # is told by `load`
    monkeypatch.setitem(sys.modules, "translate.engines.ct2", None)  # as where a package is missing
    engines.imported("ct2")
    monkeypatch.undo()
    engines.imported("ct2")
    assert "translate.engines.ct2" in sys.modules
