"""Labels at the head of a line, questions and answers: cut off, and written by rule."""

from __future__ import annotations

import pytest

from translate.domain import Kind, Lang
from translate.text.dispatch import parse
from translate.text.house_style import compose, render
from translate.text.tables import folded, rows

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


def test_an_answer_in_the_line_of_its_question() -> None:
    line = "QUESTION : Avez-vous eu peur ? REPONSE : Non."
    assert written(line) == ("QUESTION: … ANSWER: …", "问：…答：…")


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


# --- Labels of the trade ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        ("PORTRAIT - Le pont et son gardien", "PROFILE - …", "人物：…"),
        ("Portrait : le pont et son gardien", "Profile: …", "人物：…"),
        ("ANALYSE - Pourquoi le pont ferme", "ANALYSIS - …", "分析：…"),
        ("ECLAIRAGE - Pourquoi le pont ferme", "EXPLAINER - …", "解读：…"),
        ("ÉCLAIRAGE - Pourquoi le pont ferme", "EXPLAINER - …", "解读：…"),
        ("Bourse: séance morose à Tokyo", "Stocks: …", "股市：…"),
        ("Matières premières : les cours reculent", "Commodities: …", "大宗商品：…"),
        ("MATIERES PREMIERES: LES COURS RECULENT", "COMMODITIES: …", "大宗商品：…"),
        ("DISPARITION. L'actrice est morte.", "OBITUARY. …", "讣告：…"),
        ("NB: les bilans sont arrondis.", "Note: …", "注：…"),
        ("RECTIFICATIF : bien lire douze.", "CORRECTION: …", "更正：…"),
        ("NOTE A LA REDACTION: ce texte est complet.", "NOTE TO EDITORS: …", "编辑注意：…"),
        ("ATTENTION - CORRIGE le prénom ///", "ATTENTION - … ///", "注意：… ///"),
        ("*** URGENT *** Chili: un mort", "*** URGENT *** …", "快讯：…"),
        ("REPERES", "KEY FACTS", "背景资料"),
        ("Dates clés :", "Key dates:", "重要日期："),
        ("- Le contexte -", "- The background -", "- 背景 -"),
    ],
)
def test_labels_are_written_by_rule(line: str, english: str, chinese: str) -> None:
    assert written(line) == (english, chinese)


@pytest.mark.parametrize(
    "line",
    [
        "Portrait de famille au pied du pont",
        "Analyse des causes - une première",
        "La Bourse : une institution.",
        "bourse : trois cents euros.",
        "Bourse",
        "Bourse. Le mot fait peur.",
        "Attention : le pont est fermé.",
        "Culture : le musée rouvre.",
        "Urgent : cherche infirmières.",
        "Bourses : les étudiants attendent.",
        "La suite : un procès.",
        "L'analyse : elle est simple.",
    ],
)
def test_words_that_are_no_labels_stay_prose(line: str) -> None:
    assert Kind.LABEL not in [kind for each in parts(line) for kind, _ in each]


def test_an_alert_and_a_label_stand_above_the_title() -> None:
    alert = "URGENT ¤¤¤ SÉISME DE MAGNITUDE 7,1 AU LARGE DE L'INDONÉSIE"
    blocks = parse(f"{alert}\n\nREVUE DE PRESSE\n\nFort séisme en Indonésie\n\n{LEAD}").blocks
    assert [block.kind for block in blocks] == [Kind.KICKER, Kind.KICKER, Kind.TITLE, Kind.PARAGRAPH]
    assert [part.kind for part in blocks[0].parts] == [Kind.LABEL, Kind.KICKER]


def test_an_alert_alone_is_the_title() -> None:
    assert parse(f"URGENT - Le pont ferme\n\n{LEAD}").blocks[0].kind is Kind.TITLE


def test_the_table_has_no_double() -> None:
    names = [folded(row[1]) for row in rows("labels.tsv", columns=4)]
    assert len(names) == len(set(names))


# --- Embargoes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        (
            "EMBARGO SAMEDI 23 MAI 2026 A 20H30 GMT",
            "EMBARGOED UNTIL SATURDAY, MAY 23, 2026, 20:30 (GMT)",
            "禁发至2026年5月23日（星期六）20:30（GMT）",
        ),
        ("EMBARGO JUSQU'A 18H00 GMT", "EMBARGOED UNTIL 18:00 (GMT)", "禁发至18:00（GMT）"),
        (
            "SOUS EMBARGO JUSQU'AU 3 MAI A 00H01 GMT",
            "EMBARGOED UNTIL MAY 3, 00:01 (GMT)",
            "禁发至5月3日00:01（GMT）",
        ),
        ("EMBARGO jusqu'au 4 mai - Le rapport est prêt.", "EMBARGOED UNTIL MAY 4 - …", "禁发至5月4日：…"),
    ],
)
def test_embargoes(line: str, english: str, chinese: str) -> None:
    assert written(line) == (english, chinese)


@pytest.mark.parametrize(
    "line", ["Embargo sur les armes à destination du Soudan", "Embargo jusqu'au 3 mai sur les armes"]
)
def test_an_embargo_on_arms_is_none(line: str) -> None:
    assert Kind.LABEL not in [kind for each in parts(line) for kind, _ in each]


def test_an_embargo_is_no_title() -> None:
    text = f"EMBARGO SAMEDI 23 MAI 2026 A 20H30 GMT\n\nFestival de Cannes: le palmarès\n\n{LEAD}"
    assert [block.kind for block in parse(text).blocks] == [Kind.CORRECTION, Kind.TITLE, Kind.PARAGRAPH]


# --- At the end of a paragraph -----------------------------------------------------------------------


def test_a_label_that_ends_a_paragraph_says_what_follows() -> None:
    line = "Elle présente son film vendredi à Venise. Entretien."
    assert parts(line)[0][1] == (Kind.LABEL, "Entretien.")
    assert written(line) == ("… Interview.", "…专访。")


@pytest.mark.parametrize(
    "line",
    ["Il a demandé un entretien.", "Elle a dit non. Le maire s'est tu.", "Entretien annuel. Portrait robot."],
)
def test_another_last_word_is_prose(line: str) -> None:
    assert [kind for kind, _ in parts(line)[0]] == [Kind.PARAGRAPH]
