"""Invented sentences that teach copying: unknown names, acronyms and codes, numbers, money and dates.

    python -m training.templates --run runs/small --pairs 40000

Slots of `templates.tsv` are filled at random; each value is written as its language writes it
(1.234,5 → 1,234.5; 3 milliards d'euros → 3 billion euros → 30亿欧元; 4 avril → April 4 → 4月4日).
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

import translate.text
from training.align import add_links
from training.command import guarded
from training.vocabulary import Vocabulary
from translate.domain import Lang

Value = tuple[str, str, str]  # French, English, Chinese

_MONTHS = (
    ("janvier", "January"), ("février", "February"), ("mars", "March"), ("avril", "April"), ("mai", "May"),
    ("juin", "June"), ("juillet", "July"), ("août", "August"), ("septembre", "September"),
    ("octobre", "October"), ("novembre", "November"), ("décembre", "December"),
)  # fmt: skip
_DAYS = (
    ("lundi", "Monday", "周一"), ("mardi", "Tuesday", "周二"), ("mercredi", "Wednesday", "周三"),
    ("jeudi", "Thursday", "周四"), ("vendredi", "Friday", "周五"), ("samedi", "Saturday", "周六"),
    ("dimanche", "Sunday", "周日"),
)  # fmt: skip
_QUARTERS = (
    ("premier", "first", "第一"), ("deuxième", "second", "第二"),
    ("troisième", "third", "第三"), ("quatrième", "fourth", "第四"),
)  # fmt: skip
_CURRENCIES = (("euros", "euros", "欧元"), ("dollars", "dollars", "美元"), ("yuans", "yuan", "元"))
_SYLLABLES = re.findall(
    r"\w+",
    """
    ba be bi bo bu ca co da de di do du fa fe ga go ha ho ja jo ka ke ki ko la le li lo lu ma me mi mo mu na
    ne ni no nu pa pe po ra re ri ro ru sa se si so ta te ti to va ve vi wa we ya za zo tch kh rd nd ss lle
    mann ski sen ova ez ian ou oui ard berg stein ong ang ing
    """,
)


class Filler:
    """Random values for every slot. Countries and towns: (French, English, Chinese)."""

    def __init__(self, countries: list[Value], places: list[Value], seed: int) -> None:
        self.rng = random.Random(seed)
        self.countries, self.places = countries, places

    def fill(self, template: Value) -> Value:
        slots = {
            name: getattr(self, name.rstrip("2"))() for name in _SLOTS if f"{{{name}}}" in "".join(template)
        }
        if "date" in slots or "on_date" in slots:
            slots["date"], slots["on_date"] = self.date()
        fr, en, zh = (
            text.format(**{name: value[column] for name, value in slots.items()})
            for column, text in enumerate(template)
        )
        return fr, en, zh

    def _word(self) -> str:
        return "".join(self.rng.choices(_SYLLABLES, k=self.rng.choice((2, 2, 3)))).capitalize()

    def person(self) -> Value:
        name = f"{self._word()} {self._word()}" if self.rng.random() < 0.7 else self._word()
        return name, name, name

    def acronym(self) -> Value:
        name = "".join(self.rng.choices("ABCDEFGHIJKLMNOPRSTUV", k=self.rng.choice((2, 3, 3, 4, 4, 5))))
        return name, name, name

    def code(self) -> Value:
        code = f"{self.acronym()[0][:3]}{self.rng.choice(('', '-', ' '))}{self.rng.randint(1, 9999)}"
        return code, code, code

    def place(self) -> Value:
        return self.rng.choice(self.places)

    def country(self) -> Value:
        return self.rng.choice(self.countries)

    def team(self) -> Value:
        return self.place()

    def number(self) -> Value:
        value = int(10 ** self.rng.uniform(0.5, 5.8))
        french = f"{value:,}".replace(",", self.rng.choice((".", " ", "\u00a0", "")) if value > 9999 else "")
        chinese = f"{value // 10000}万" if value >= 10000 and value % 10000 == 0 else str(value)
        return french, f"{value:,}", chinese

    def small(self) -> Value:
        value = str(self.rng.randint(2, 99))
        return value, value, value

    def age(self) -> Value:
        return self.small()

    def year(self) -> Value:
        value = str(self.rng.randint(1900, 2049))
        return value, value, value

    def decimal(self) -> Value:
        text = f"{self.rng.uniform(0.1, 99):.{self.rng.choice((1, 1, 2))}f}"
        return text.replace(".", ","), text, text

    def percent(self) -> Value:
        french, english, _ = self.decimal()
        return f"{french}{self.rng.choice((' ', ''))}%", f"{english} percent", f"{english}%"

    def money(self) -> Value:
        french, english, chinese = self.rng.choice(_CURRENCIES)
        tenths = self.rng.randint(10, 999)
        whole, rest = divmod(tenths, 10)
        if self.rng.random() < 0.3:
            rest = 0
        text = f"{whole},{rest}" if rest else str(whole)
        value = whole * 10 + rest
        if self.rng.random() < 0.5:
            hundred_millions = f"{value}" if value else "0"  # n.n milliards = nn 亿
            return (
                f"{text} milliards {self._de(french)}",
                f"{text.replace(',', '.')} billion {english}",
                f"{hundred_millions}亿{chinese}",
            )
        ten_thousands = value * 10  # n.n millions = nn0 万
        return (
            f"{text} millions {self._de(french)}",
            f"{text.replace(',', '.')} million {english}",
            f"{ten_thousands}万{chinese}",
        )

    def _de(self, currency: str) -> str:
        return f"d'{currency}" if currency.startswith("e") else f"de {currency}"

    def quarter(self) -> Value:
        return self.rng.choice(_QUARTERS)

    def month(self) -> Value:
        number = self.rng.randrange(12)
        return (*_MONTHS[number], f"{number + 1}月")

    def day(self) -> Value:
        value = str(self.rng.randint(2, 28))
        return value, value, value

    def hour(self) -> Value:
        hour, minute = self.rng.randint(1, 23), self.rng.choice((0, 15, 30, 45, 5))
        clock = f"{hour}:{minute:02}"
        return f"{hour}h{minute:02}" if minute else f"{hour}h", clock, clock

    def score(self) -> Value:
        score = f"{self.rng.randint(1, 5)}-{self.rng.randint(0, 4)}"
        return score, score, score

    def date(self) -> tuple[Value, Value]:
        """The same date bare, and as English says it within a sentence ("on Monday", "on April 4")."""
        if self.rng.random() < 0.4:
            french, english, chinese = self.rng.choice(_DAYS)
            return (french, english, chinese), (french, f"on {english}", chinese)
        month_fr, month_en, month_zh = self.month()
        day = self.rng.randint(1, 28)
        first = "1er" if day == 1 else str(day)
        french, english, chinese = f"le {first} {month_fr}", f"{month_en} {day}", f"{month_zh}{day}日"
        if self.rng.random() < 0.4:
            year = self.year()[0]
            french, english, chinese = f"{french} {year}", f"{english}, {year}", f"{year}年{chinese}"
        return (french, english, chinese), (french, f"on {english}", chinese)

    on_date = month  # replaced in `fill`: a date has one value in all its forms


_SLOTS = (
    "person", "person2", "acronym", "code", "place", "place2", "country", "country2", "team", "team2",
    "number", "number2", "small", "age", "year", "decimal", "percent", "money", "quarter", "month", "day",
    "hour", "score", "date", "on_date",
)  # fmt: skip


def read_values(name: str) -> list[Value]:
    """Rows of French TAB English TAB Chinese from a file beside this one."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [(fr, en, zh) for fr, en, zh in (line.split("\t") for line in lines)]


def read_towns() -> list[Value]:
    """The towns of the package's list of datelines."""
    path = Path(translate.text.__file__).with_name("places.tsv")
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(row[1], row[2], row[3]) for row in rows if row[0] == "city"]


def make(pairs: int, seed: int) -> list[Value]:
    templates = read_values("templates.tsv")
    filler = Filler(read_values("countries.tsv"), read_towns(), seed)
    return [filler.fill(filler.rng.choice(templates)) for _ in range(pairs)]


def write_tokens(rows: list[Value], run: Path) -> None:
    """`tokens/templates.fr-en.npz` and `tokens/templates.fr-zh.npz`, aligned."""
    vocabulary = Vocabulary(run / "vocabulary")
    french = [row[0] for row in rows]
    made = {
        run / "tokens" / f"templates.fr-{lang}.npz": vocabulary.pairs(
            french, [row[column] for row in rows], lang
        )
        for column, lang in ((1, Lang.EN), (2, Lang.ZH))
    }
    for path, pairs in add_links(made, vocabulary.size):
        pairs.save(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("--pairs", type=int, default=40_000)
    arguments = parser.parse_args()
    write_tokens(make(arguments.pairs, seed=1), arguments.run)
    return 0


if __name__ == "__main__":
    guarded(main)
