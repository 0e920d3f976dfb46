"""Labels at the head of a line, and questions and answers: cut off, and written by rule."""

from __future__ import annotations

import pytest

from translate.domain import Kind, Lang
from translate.text.dispatch import parse
from translate.text.house_style import compose, render

LEAD = (
    "Le ministre a annoncé mardi que le pont serait fermé pendant six mois, faute de moyens pour le réparer."
)


def parts(*lines: str) -> list[list[tuple[Kind, str]]]:
    """The parts of the lines, read below a title and a lead."""
    blocks = parse("\n\n".join(("Le pont ferme", LEAD, *lines, LEAD))).blocks[2:-1]
    return [[(part.kind, part.text) for part in block.parts] for block in blocks]


def written(line: str, *others: str) -> tuple[str, str]:
    """The line in English and Chinese, its prose left out."""
    block = parse("\n\n".join(("Le pont ferme", LEAD, line, *others, LEAD))).blocks[2]
    both = []
    for target in (Lang.EN, Lang.ZH):
        words = ["…" if part.is_prose else render(part, target) for part in block.parts]
        both.append(compose(block, words, target))
    return both[0], both[1]


# --- Questions and answers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "label", "english", "chinese"),
    [
        ("Q: Avez-vous eu peur?", "Q:", "Q: …", "问：…"),
        ("R: Non.", "R:", "A: …", "答：…"),
        ("QUESTION: Avez-vous eu peur?", "QUESTION:", "QUESTION: …", "问：…"),
        ("REPONSE: Non.", "REPONSE:", "ANSWER: …", "答：…"),
        ("RÉPONSE : Non.", "RÉPONSE :", "ANSWER: …", "答：…"),
        ("Question : Avez-vous eu peur ?", "Question :", "Question: …", "问：…"),
        ("Réponse : Non.", "Réponse :", "Answer: …", "答：…"),
    ],
)
def test_questions_and_answers(line: str, label: str, english: str, chinese: str) -> None:
    ((first, prose),) = parts(line)
    assert first == (Kind.LABEL, label)
    assert prose == (Kind.PARAGRAPH, line.removeprefix(label).strip())
    assert written(line) == (english, chinese)


@pytest.mark.parametrize(
    ("question", "answer", "english", "chinese"),
    [
        ("Q. Avez-vous eu peur?", "R. Non.", ("Q. …", "A. …"), ("问：…", "答：…")),
        ("Q - Avez-vous eu peur?", "R - Non.", ("Q - …", "A - …"), ("问：…", "答：…")),
        ("- Q: Avez-vous eu peur?", "- R: Non.", ("- Q: …", "- A: …"), ("- 问：…", "- 答：…")),
        ("(Q) Avez-vous eu peur?", "(R) Non.", ("(Q) …", "(A) …"), ("（问）…", "（答）…")),
    ],
)
def test_signs_of_an_interview(
    question: str, answer: str, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    assert [written(question, answer)[0], written(answer, question)[0]] == list(english)
    assert [written(question, answer)[1], written(answer, question)[1]] == list(chinese)


@pytest.mark.parametrize(
    "line",
    [
        "R. Martin a été élu maire.",
        "R. Kelly - le chanteur - a été condamné.",
        "Q est le nom de ce personnage.",
        "Réponse attendue mardi.",
        "Questions au gouvernement : le ministre a répondu.",
        "La question : qui paiera ?",
        "question: qui paiera ?",
    ],
)
def test_without_sign_and_counterpart_it_is_no_turn(line: str) -> None:
    assert [kind for part in parts(line) for kind, _ in part] != [Kind.LABEL, Kind.PARAGRAPH]


def test_a_short_question_is_no_subhead_and_no_title() -> None:
    text = "Q: Avez-vous eu peur?\n\nR: Non.\n\nQ: Vraiment?\n\nR: Oui."
    assert [block.kind for block in parse(text).blocks] == [Kind.PARAGRAPH] * 4
    text = f"Clara Montelli, réalisatrice\n\n{text}"
    assert [block.kind for block in parse(text).blocks] == [Kind.TITLE] + [Kind.PARAGRAPH] * 4


def test_a_turn_is_not_joined_with_the_line_before_it() -> None:
    text = """\
Le ministre a annoncé mardi que le pont serait fermé pendant six mois,
faute de moyens pour le réparer, et que les travaux commenceraient dès
le mois de mai.
Q: Les habitants, prévenus la veille, ont-ils manifesté leur colère?!
R: Les habitants, prévenus la veille, ont manifesté leur colère devant
la mairie."""
    assert len(parse(text).blocks) == 3
