"""A dispatch becomes a translated dispatch. The only file that knows the order of the steps.

    sentences of the prose → summary of the French → everything to translate, each sentence once
    → one engine call per target, revised → blocks put together again → summary in every language

A summarizer of another language than French reads the translation instead, after the engine calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from translate.domain import (
    Dispatch,
    Finding,
    Hypothesis,
    Lang,
    Recipe,
    Severity,
    SummarySentence,
    TranslatedBlock,
    TranslatedDispatch,
)
from translate.engines import Engine, Progress
from translate.errors import EngineError
from translate.revision import Reviser, meant, unified
from translate.settings import Options
from translate.sheet import Answer, Answers, Sheet, by_rule
from translate.sources import read_dispatch
from translate.summaries import SourceSentence, SourceSummary, Summarizer, SummaryInput
from translate.terms import Glossary
from translate.text.house_style import is_plain, render_plain
from translate.together import together

if TYPE_CHECKING:
    from translate.memory import Lenient, Memory

_NO_SUMMARY = SourceSummary(sentences=(), gists={})


class Watcher(Protocol):
    """Told how the work goes on, one call at a time, from whatever thread; a progress bar, for example."""

    def expect(self, sentences: int) -> None:
        """Called once, before the first sentence, with how many the models will translate."""

    def finished(self, done: int) -> None:
        """Called with the number of sentences just translated."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A dispatch on its way, before the models have translated.

    `wanted`: each distinct sentence to have in a target; `asked`: those that a model is asked for.
    """

    sheet: Sheet
    french: SourceSummary
    wanted: Mapping[Lang, Sequence[str]]
    asked: Mapping[Lang, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Loaded models, ready for any number of dispatches. `translate.load` builds one.

    Targets that share a model share its one engine object. Without a summarizer: no summaries.
    `notices`: what loading the models had to assume or repair. `together`: the targets are asked for at the
    same time, each in a thread; the engines must allow it, and the result is the same.
    """

    engines: Mapping[Lang, Engine]
    recipes: Mapping[Lang, Recipe]
    summarizer: Summarizer | None = None
    options: Options = field(default_factory=Options)
    notices: tuple[str, ...] = ()
    glossary: Glossary = field(default_factory=Glossary)
    memory: Memory | Lenient | None = None
    together: bool = False

    def __post_init__(self) -> None:
        if not self.engines:
            raise EngineError("no target language", hint="choose en, zh or both")
        if self.summarizer and self.summarizer.lang not in (Lang.FR, *self.engines):
            raise EngineError(
                f"summarizer {self.summarizer.name} reads {self.summarizer.lang}, which is not a target",
                hint=f"add --to {self.summarizer.lang}, or choose a summarizer of French",
            )

    @property
    def targets(self) -> tuple[Lang, ...]:
        return tuple(self.engines)

    def translate(self, source: str | bytes | Path, watcher: Watcher | None = None) -> TranslatedDispatch:
        """The translated dispatch of a text (`str`, or undecoded `bytes`) or of a file (`Path`).

        Raises InputError if it cannot be read, is over a limit or is not French.
        """
        return self.run(read_dispatch(source, force=self.options.force, limits=self.options.limits), watcher)

    def run(self, dispatch: Dispatch, watcher: Watcher | None = None) -> TranslatedDispatch:
        """The dispatch in every target, with its summary. Each distinct sentence is translated once."""
        draft = self.prepare(dispatch)
        if watcher:
            watcher.expect(sum(map(len, draft.asked.values())))
        progress = watcher.finished if watcher else None
        return self.finish(draft, self.ask_all(draft.asked, progress))

    def ask_all(
        self, sentences: Mapping[Lang, Sequence[str]], progress: Progress | None = None
    ) -> dict[Lang, list[Hypothesis]]:
        """What `ask` gives for each target; if `together`, one is checked while another is decoded."""
        asked = {target: partial(self.ask, texts, target) for target, texts in sentences.items()}
        if self.together:
            return together(asked, progress)
        return {target: ask(progress) for target, ask in asked.items()}

    def ask(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One revised hypothesis per sentence, from the memory or the model; it depends on nothing else.

        Raises EngineError if no model was loaded for `target`.
        """
        if target not in self.engines:
            raise EngineError(
                f"no model was loaded for {target}, but for {', '.join(self.targets)}",
                hint=f'load it with the others: load(["{target}", …])',
            )
        how = self.options.revision
        recipe = f"{self.recipes[target]}|r:{how}"
        reviser = Reviser(self.engines[target], recipe, self.glossary, self.memory, how)
        return reviser.translate(sentences, target, progress)

    def prepare(self, dispatch: Dispatch) -> Draft:
        """Everything that comes before the models translate. A batch job asks for many drafts at once."""
        sheet = Sheet.of(dispatch)
        french = self._summarize(sheet) if self._reads(Lang.FR) else _NO_SUMMARY
        wanted = {
            target: tuple(dict.fromkeys(self._wanted(sheet, french, target))) for target in self.targets
        }
        asked = {target: [text for text in texts if not is_plain(text)] for target, texts in wanted.items()}
        return Draft(sheet, french, wanted, asked)

    def finish(self, draft: Draft, given: Mapping[Lang, Sequence[Hypothesis]]) -> TranslatedDispatch:
        """The whole result. `given`: one hypothesis for each sentence of `draft.asked`, in order."""
        sheet, french, dispatch = draft.sheet, draft.french, draft.sheet.dispatch
        answers = {target: self._answers(draft, target, given[target]) for target in self.targets}
        summary = french if self._reads(Lang.FR) else self._summarize(sheet, answers)
        return TranslatedDispatch(
            dispatch=dispatch,
            targets=self.targets,
            blocks=tuple(
                TranslatedBlock(
                    block,
                    {
                        target: sheet.translation(number, target, answers[target])
                        for target in self.targets
                        if self._shows(number, dispatch)
                    },
                    self._said(summary.gists[number], answers) if number in summary.gists else None,
                )
                for number, block in enumerate(dispatch.blocks)
            ),
            summary=tuple(self._said(sentence, answers) for sentence in summary.sentences),
            recipes=self.recipes,
            summarizer=self.summarizer.name if self.summarizer else None,
        )

    def _reads(self, lang: Lang) -> bool:
        return self.summarizer is not None and self.summarizer.lang is lang

    def _shows(self, number: int, dispatch: Dispatch) -> bool:
        return self.options.text or dispatch.blocks[number] is dispatch.title

    def _wanted(self, sheet: Sheet, french: SourceSummary, target: Lang) -> Iterator[str]:
        """Every sentence to have in `target`, in reading order; some more than once."""
        read = {number for number, _ in sheet.dispatch.prose} if self._reads(target) else set()
        for number in range(len(sheet.dispatch.blocks)):
            if number in read or self._shows(number, sheet.dispatch):
                yield from sheet.sentences(number)
        yield from (sentence.text for sentence in (*french.sentences, *french.gists.values()))

    def _answers(self, draft: Draft, target: Lang, given: Sequence[Hypothesis]) -> dict[str, Answer]:
        """What each of the distinct sentences becomes: by rule if it is plain, else by the model."""
        texts, asked = draft.wanted[target], draft.asked[target]
        answers = {text: by_rule(text, render_plain(text, target)) for text in texts if is_plain(text)}
        said = dict(zip(asked, given, strict=True))  # never a sentence dropped or shifted
        said |= unified(said, self.glossary)
        said |= meant(said, target)
        for text, one in said.items():
            findings = (*one.findings, *self._similar(text, target)) if self.options.suggest else one.findings
            answers[text] = Answer(one.text, one.origin, one.score, findings, one.terms)
        return answers

    def _similar(self, text: str, target: Lang) -> Iterator[Finding]:
        """What the memory has for sentences like `text`: for people to look at, never used."""
        for each in self.memory.suggest(text, target) if self.memory else ():
            if each.entry.source != text:
                said = f"“{each.entry.source}” is “{each.entry.target}”"
                yield Finding("similar", Severity.NOTE, f"in the memory, {each.score:.0f} % like it: {said}")

    def _summarize(self, sheet: Sheet, answers: Mapping[Lang, Answers] | None = None) -> SourceSummary:
        """The summary of the French, or of its translation if there are `answers`."""
        if self.summarizer is None:
            return _NO_SUMMARY
        said = answers[self.summarizer.lang] if answers else None

        def read(number: int) -> tuple[str, ...]:
            sentences = sheet.sentences(number)
            return tuple(said[text].text for text in sentences) if said is not None else sentences

        paragraphs = {number: texts for number, _ in sheet.dispatch.prose if (texts := read(number))}
        if not paragraphs:
            return _NO_SUMMARY
        title = sheet.dispatch.title
        return self.summarizer.summarize(
            SummaryInput(
                title=" ".join(read(sheet.dispatch.blocks.index(title))) if title else None,
                paragraphs=paragraphs,
                sentences=self.options.sentences,
                gists=self.options.gists,
            )
        )

    def _said(self, sentence: SourceSentence, answers: Mapping[Lang, Answers]) -> SummarySentence:
        """A summary sentence in its own language and, if that is French, in every target."""
        assert self.summarizer is not None
        if not self._reads(Lang.FR):
            return SummarySentence({self.summarizer.lang: sentence.text}, sentence.sources, sentence.findings)
        translated = {target: answers[target][sentence.text] for target in self.targets}
        texts = {Lang.FR: sentence.text} | {target: answer.text for target, answer in translated.items()}
        found = (finding for answer in translated.values() for finding in answer.findings)
        findings = tuple(dict.fromkeys((*sentence.findings, *found)))  # once, though both languages have it
        return SummarySentence(texts, sentence.sources, findings)
