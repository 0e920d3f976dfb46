"""French passes, other languages do not, and what is too short to tell passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.errors import InputError
from translate.text.language import french_share, require_french

FOREIGN = {
    "English": "The president announced on Monday that the new measures would come into force next month.",
    "Spanish": (
        "El presidente anunció el lunes que las nuevas medidas económicas entrarán en vigor el próximo mes, "
        "según un comunicado oficial. La oposición criticó la decisión y pidió explicaciones en el Congreso."
    ),
    "Italian": (
        "Il presidente ha annunciato lunedì che le nuove misure economiche entreranno in vigore il mese "
        "prossimo. L'opposizione ha criticato la decisione e ha chiesto spiegazioni alla Camera."
    ),
    "Portuguese": (
        "O presidente anunciou na segunda-feira que as novas medidas económicas entram em vigor no próximo "
        "mês, segundo um comunicado. A oposição criticou a decisão e pediu explicações ao Governo."
    ),
    "German": "Der Kanzler hat am Montag angekündigt, dass die Maßnahmen im nächsten Monat in Kraft treten.",
    "Dutch": "De premier heeft maandag aangekondigd dat de maatregelen volgende maand van kracht worden.",
    "Romanian": (
        "Președintele a anunțat că noile măsuri vor intra în vigoare luna viitoare, potrivit unui comunicat. "
        "Opoziția a criticat decizia și a cerut explicații de la guvern, care nu a răspuns până în prezent."
    ),
    "Chinese": "国务院总理周一宣布新的经济措施将于下月生效，反对派批评了这一决定。",
    "Japanese": "大統領は月曜日に新しい経済対策を発表した。",
    "Russian": "Президент объявил в понедельник о новых экономических мерах.",
    "Arabic": "أعلن الرئيس يوم الاثنين عن تدابير اقتصادية جديدة.",
}
FRENCH = (
    "Le président a annoncé lundi que les nouvelles mesures entreraient en vigueur le mois prochain.",
    "M. Qin a fait l'éloge du travail accompli par M. Vitorino depuis sa prise de fonctions.",
    "L'OMS a appelé les pays voisins à renforcer la surveillance à leurs frontières.",
    "LE PRESIDENT A ANNONCE LUNDI QUE LES MESURES SERAIENT PRISES DANS LE MOIS, SELON UN COMMUNIQUE.",
)
SHORT = ("Bourse de Paris", "AFP", "Hello world", "3-1", "", "Gracias", "北京")


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_refused_by_name(language: str) -> None:
    with pytest.raises(InputError) as caught:
        require_french(FOREIGN[language], "a.txt")
    assert f"looks like {language}" in str(caught.value)
    assert "--force" in str(caught.value.hint)
    assert str(caught.value).startswith("a.txt: ")


@pytest.mark.parametrize("text", FRENCH)
def test_french_passes(text: str) -> None:
    require_french(text, "a.txt")
    assert french_share(text) > 0.5


@pytest.mark.parametrize("text", SHORT)
def test_too_little_evidence_passes(text: str) -> None:
    require_french(text, "a.txt")


def test_force_lets_everything_pass() -> None:
    require_french(FOREIGN["English"], "a.txt", force=True)


@pytest.mark.parametrize(("opening", "closing"), ['""', "«»", "“”"])
def test_french_that_quotes_english_passes(opening: str, closing: str) -> None:
    quote = f"{opening}{FOREIGN['English'] * 3}{closing}"
    require_french(
        f"{quote}, a déclaré le président à la presse. {quote}, a-t-il ajouté lors d'une visite.", "a"
    )


def test_english_that_quotes_french_is_refused() -> None:
    with pytest.raises(InputError):
        require_french(f'{FOREIGN["English"]} "{FRENCH[0]}" {FOREIGN["English"]}', "a.txt")


def test_no_evidence_counts_as_french() -> None:
    assert french_share("12,5 % *** 3-1") == 1.0


def test_share_falls_with_foreign_text() -> None:
    shares = [french_share(FRENCH[0] + f" {FOREIGN['English']}" * times) for times in range(4)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.6 > 0.4 > shares[3]


def test_a_long_text_is_judged_by_a_sample() -> None:
    assert french_share(f"{FRENCH[0]} " * 20_000) == pytest.approx(french_share(FRENCH[0]), abs=0.05)


EVAL = Path("../shared/eval")


@pytest.mark.shared
@pytest.mark.skipif(not EVAL.is_dir(), reason="the measuring texts are not beside the checkout")
def test_measured_on_news_three_sentences_at_a_time() -> None:
    def refused(name: str) -> float:
        lines = (EVAL / name).read_text(encoding="utf-8").splitlines()
        groups = [" ".join(lines[i : i + 3]) for i in range(0, len(lines) - 2, 3)]
        return sum(map(is_refused, groups)) / len(groups)

    def is_refused(text: str) -> bool:
        try:
            require_french(text, "a")
        except InputError:
            return True
        return False

    assert refused("flores-dev.fr") == 0
    assert refused("flores-dev.en") > 0.99
    assert refused("flores-dev.zh") > 0.99
