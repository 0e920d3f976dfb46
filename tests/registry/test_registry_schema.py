"""Everything that can be wrong in a registry file: each error says where, what, and which choices."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.hub_server import environment
from translate.domain import Lang
from translate.errors import RegistryError
from translate.registry import Decode, Limits, Probe, Registry, Task, document
from translate.registry.document import read

BASE = "task: translate, targets: [en], hub: a/b"


def error(tmp_path: Path, text: str) -> tuple[str, str]:
    """Message (with the path cut to `F`) and hint of the error that loading `text` must raise."""
    path = tmp_path / "own.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(RegistryError) as caught:
        Registry.load(path, env=environment(tmp_path / "home"))
    message = str(caught.value)
    assert str(path) in message and "\n" not in message
    return message.replace(str(path), "F"), caught.value.hint or ""


def entry_error(tmp_path: Path, entry: str) -> tuple[str, str]:
    return error(tmp_path, f"schema: 1\nmodels:\n  mine: {{{entry}}}\n")


# ── entries ───────────────────────────────────────────────────────────────────────────────────────

WRONG = {
    f"{BASE}, bean: 4": "F:3: mine: unknown key `bean`",
    f"{BASE}, licnse: MIT": "F:3: mine: unknown key `licnse`; did you mean `licence`?",
    f"{BASE}, license: MIT": "F:3: mine: unknown key `license`; did you mean `licence`?",
    f"{BASE}, decode: {{beams: 4}}": "F:3: mine.decode: unknown key `beams`; did you mean `beam`?",
    f"{BASE}, decode: 4": "F:3: mine.decode: must be a mapping of beam, length_penalty",
    f"{BASE}, decode: {{beam: 0}}": "F:3: mine.decode.beam: must be a whole number from 1 to 64, not 0",
    f"{BASE}, decode: {{beam: yes}}": "not True",
    f"{BASE}, decode: {{beam: '4'}}": "not '4'",
    f"{BASE}, decode: {{length_penalty: .inf}}": "mine.decode.length_penalty: must be a number, not inf",
    f"{BASE}, decode: {{length_penalty: {{}}}}": "must be a number, or one for each language",
    f"{BASE}, decode: {{length_penalty: {{zh: a}}}}": "decode.length_penalty.zh: must be a number, not 'a'",
    f"{BASE}, decode: {{length_penalty: {{cn: 1}}}}": "unknown language 'cn'",
    f"{BASE}, limits: {{max_source_tokens: -1}}": "mine.limits.max_source_tokens: must be a whole number",
    f"{BASE}, rank: high": "F:3: mine.rank: must be a whole number",
    f"{BASE}, size_mb: 1.5": "F:3: mine.size_mb: must be a whole number",
    f"{BASE}, aliases: [a b]": "F:3: mine.aliases: a name cannot hold a space: 'a b'",
    f"{BASE}, aliases: {{}}": "F:3: mine.aliases: must be a text or a list of texts",
    f"{BASE}, source: xx": "F:3: mine.source: unknown language 'xx'",
    f"{BASE}, source: [fr]": "F:3: mine.source: unknown language ['fr']",
    f"{BASE}, source: en": "F:3: mine: translates from en into itself",
    f"{BASE}, path: ./here": "F:3: mine: has both `hub` and `path`",
    f"{BASE}, via: [fr-en, en-zh]": "F:3: mine: has both `hub` and `via`",
    f"{BASE}, revision: '../x'": "F:3: mine.revision: must be a branch, a tag or a commit",
    f"{BASE}, revision: 1234567": "a branch, a tag or a commit, in quotes, not 1234567",
    f"{BASE}, notes: ''": "F:3: mine.notes: must be text",
    f"{BASE}, probe: hello": "F:3: mine.probe: must be a mapping of text, target, expect",
    f"{BASE}, probe: {{text: a, target: en}}": "F:3: mine.probe: `expect` is missing",
    f"{BASE}, probe: {{text: a, target: zh, expect: b}}": "F:3: mine: the probe asks for zh",
    "task: translate, targets: [en]": "F:3: mine: does not say where the model is",
    "task: translate, hub: a/b": "F:3: mine: `targets` is missing",
    "targets: [en], hub: a/b": "F:3: mine: `task` is missing",
    "task: translation, targets: [en], hub: a/b": "unknown task 'translation'; did you mean translate?",
    "task: translate, targets: [], hub: a/b": 'mine.targets: must be languages: [en], or {en: ">>eng<<"}',
    "task: translate, targets: en, hub: a/b": "mine.targets: must be languages",
    "task: translate, targets: [de], hub: a/b": "mine.targets: unknown language 'de'",
    "task: translate, targets: {de: ''}, hub: a/b": "mine.targets.de: unknown language 'de'",
    "task: translate, targets: {en: null}, hub: a/b": "mine.targets.en: must be a prefix in quotes",
    "task: translate, targets: [en], hub: opus-mt-fr-en": "mine.hub: must be a hub repository: owner/name",
    "task: translate, targets: [en], hub: ../..": "mine.hub: must be a hub repository",
    "task: translate, targets: [en], hub: https://huggingface.co/a/b": "mine.hub: must be a hub repository",
    "task: translate, targets: [en], path: 5": "F:3: mine.path: must be text, not 5",
    "task: translate, targets: [en], path: 'package:../x'": "F:3: mine.path: leaves the package",
    "task: translate, targets: [en], path: x, revision: v1": "mine: `revision` belongs to a `hub` repository",
    "task: translate, targets: [en], builtin: extractive": "mine: `builtin` is for summarisers only",
    "task: summarize, targets: [fr], builtin: magic": "mine.builtin: unknown built-in method 'magic'",
    "task: summarize, targets: {fr: '>>fra<<'}, hub: a/b": "mine: target prefixes belong to models",
    "task: translate, targets: [zh], via: [fr-en]": "mine.via: must be a list of two model names",
    "task: translate, targets: [zh], via: [fr-en, en-zz]": "mine: via: unknown model 'en-zz'",
    "task: translate, targets: [zh], via: [opus-mt-fr-em, en-zh]": "did you mean opus-mt-fr-en?",
    "task: translate, targets: [zh], via: [en-zh, fr-en]": "via: opus-mt-en-zh does not lead from fr to fr",
    "task: translate, targets: [en], via: [fr-en, en-zh]": "via: opus-mt-en-zh does not translate into en",
    "task: translate, targets: [zh], via: [fr-en, mine]": "via: mine is not a model that translates directly",
    "task: translate, targets: [zh], via: [fr-en, barthez]": "via: barthez-orangesum-abstract is not",
    "task: translate, targets: {zh: '>>z<<'}, via: [fr-en, en-zh]": "mine: target prefixes belong to models",
}


@pytest.mark.parametrize("entry", WRONG)
def test_a_wrong_entry(tmp_path: Path, entry: str) -> None:
    assert WRONG[entry] in entry_error(tmp_path, entry)[0]


def test_an_unknown_key_lists_the_known_ones(tmp_path: Path) -> None:
    hint = entry_error(tmp_path, f"{BASE}, colour: red")[1]
    for key in ("task", "targets", "hub", "path", "via", "builtin", "decode", "licence", "probe"):
        assert key in hint
    assert entry_error(tmp_path, f"{BASE}, source: de")[1] == "known: fr, en, zh"


def test_names_must_be_unique(tmp_path: Path) -> None:
    assert (
        "F:3: mine: the name 'embedded' already belongs to embedded"
        in (entry_error(tmp_path, f"{BASE}, aliases: embedded")[0])
    )
    twice = f"schema: 1\nmodels:\n  a: {{{BASE}, aliases: x}}\n  b: {{{BASE}, aliases: x}}\n"
    assert "F:4: b: the name 'x' already belongs to a" in error(tmp_path, twice)[0]


@pytest.mark.parametrize("name", ["Mine", "a/b", "..", ".hidden", "a..b", "'a b'", "é", "-x", "''"])
def test_an_id_becomes_a_directory_so_it_is_plain(tmp_path: Path, name: str) -> None:
    assert "not a usable id" in error(tmp_path, f"schema: 1\nmodels:\n  {name}: {{{BASE}}}\n")[0]


def test_the_message_names_the_file_that_is_wrong_among_many(tmp_path: Path) -> None:
    env = environment(tmp_path)
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("schema: 1\nmodels:\n  opus-mt-fr-en: {rank: 1}\n")
    bad.write_text("schema: 1\nmodels:\n\n  opus-mt-fr-en:\n    rank: x\n")
    with pytest.raises(RegistryError, match=r"bad\.yaml:5: opus-mt-fr-en\.rank: must be"):
        Registry.load(good, env={**env, "TRANSLATE_MODELS": str(bad)})


# ── files ─────────────────────────────────────────────────────────────────────────────────────────

DEEP = "schema: 1\nmodels: " + "[" * 600
FILES = {
    "": "F: must be a mapping",
    "- a": "F: must be a mapping",
    "models: {}": "F: schema: is None, but this program reads 1",
    "schema: 2": "F:1: schema: is 2, but this program reads 1",
    "schema: true": "F:1: schema: is True",
    "schema: '1'": "F:1: schema: is '1'",
    "schema: 1\nmodel: {}": "F:2: unknown key `model`; did you mean `models`?",
    "schema: 1\nmodels: [a]": "F:2: models: must be a mapping of id to entry",
    "schema: 1\nmodels:\n  a: b": "F:3: a: must be a mapping of keys",
    "schema: 1\nschema: 1": "F:2: the key `schema` stands here twice (first in line 1)",
    "schema: 1\nmodels:\n  a: null\n  b: null\n  a: {}": "F:5: the key `a` stands here twice",
    "schema: 1\nmodels:\n  a:\n    hub: a/b\n    hub: c/d": "F:5: the key `hub` stands here twice",
    "schema: 1\nmodels:\n  no: {}": "F:3: the key False is not text",
    "schema: 1\nmodels:\n  ? [a]\n  : b": "F:3: the key ['a'] is not text",
    "schema: 1\nmodels:\n  a: &x {}\n  b: *x": "F:4: anchors and aliases",
    "schema: 1\nmodels: {": "F:2: expected",
    "schema: 1\n\tmodels: 1": "F:2: ",
    "schema: 1\nmodels: !!python/object/apply:os.system ['true']": "F:2: could not determine a constructor",
    "schema: 1\nmodels: {a: 2020-99-99}": "F: month must be in 1..12",
    DEEP: "F: nested too deeply",
    "schema: 1 #" + "x" * document.MAX_BYTES: "F: larger than 1,000,000 bytes",
    "schema: \x00": "F: unacceptable character",
}


@pytest.mark.parametrize("text", FILES, ids=[text[:40] for text in FILES])
def test_a_wrong_file(tmp_path: Path, text: str) -> None:
    assert FILES[text] in error(tmp_path, text)[0]


def test_a_prefix_without_quotes_is_explained(tmp_path: Path) -> None:
    text = "schema: 1\nmodels:\n  a:\n    targets: {en: >>eng<<}\n"
    message, hint = error(tmp_path, text)
    assert "F:4" in message and hint == 'a target prefix needs quotes: ">>eng<<"'


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("schema: 1 # é".encode("latin-1"))
    with pytest.raises(RegistryError, match="not UTF-8 text"):
        read(latin)
    with pytest.raises(RegistryError, match="cannot be read"):
        read(tmp_path)


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_text("schema: 1\n", "utf-8-sig")
    assert read(path) == {"schema": 1}


def test_a_full_entry(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        """schema: 1
models:
  mine:
    task: translate
    source: en
    targets: {zh: ">>cmn_Hans<<"}
    hub: org/name_1.x
    revision: refs/pr/3
    decode: {beam: 2, length_penalty: 1, no_repeat_ngram: 0, max_new_tokens: 9}
    limits: {max_source_tokens: 100}
    licence: MIT
    size_mb: 12
    aliases: [m, org/mine]
    rank: 5
    probe: {text: Hello, target: zh, expect: 你好}
    notes: >
      two
      lines
""",
        "utf-8",
    )
    spec = Registry.load(path, env=environment(tmp_path)).get("org/mine")
    assert (spec.id, spec.task, spec.source) == ("mine", Task.TRANSLATE, Lang.EN)
    assert spec.targets == {Lang.ZH: ">>cmn_Hans<<"}
    assert (spec.hub, spec.revision) == ("org/name_1.x", "refs/pr/3")
    assert spec.decode == Decode(2, 1.0, 0, 9) and spec.limits == Limits(100, 512)
    assert (spec.licence, spec.size_mb, spec.rank, spec.notes) == ("MIT", 12, 5, "two lines")
    assert spec.probe == Probe("Hello", Lang.ZH, ("你好",))
    assert str(spec.decode) == "l=1.0,n=0,t=9" and str(Decode(4)) == ""


def test_each_language_may_have_a_length_penalty(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        f"schema: 1\nmodels:\n  mine: {{{BASE}, decode: {{length_penalty: {{zh: 1.5}}}}}}\n", "utf-8"
    )
    spec = Registry.load(path, env=environment(tmp_path)).get("mine")
    assert spec.decode.length_penalty == {Lang.ZH: 1.5} and str(spec.decode) == "l=zh1.5"


YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab:{}[]>&*!-'\" \n#", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abtask", max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.text("schemodl: 1{}[],\n-'\"&*!?|>#\t%@`~a", max_size=60) | YAML.map(repr))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text("schema: 1\nmodels:\n  mine: " + text, "utf-8")
    try:
        Registry.load(path, env=environment(path.parent))
    except RegistryError as err:
        assert str(path) in str(err)
