"""News articles of invented events, as many as are asked for.

Templates of our own: many verbs, sources, figures, updates, denials, quotations, pronouns. Several articles tell of one
event; some are copies of others, cut or with a paragraph more, some are merged out of two; agencies are passed on by
outlets that name them. Passages that are given, as of a corpus, are woven in. The same seed gives the same articles,
and the first of many are the same as fewer.

    python tools/articles.py 2000 > articles.jsonl
    python tools/articles.py 100000 --seed 3 --passages texts/ -o articles.jsonl

The keys of a line: id, title, text, published, outlet, url. Now and then `published` or `outlet` is empty, as it is in
life.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

# country, its people, its capital, its towns, given names, surnames
COUNTRIES = [
    ("Norway", "Norwegian", "Oslo", "Bergen Tromsø Bodø", "Ingrid Lars Marit Olav", "Haugen Solberg Lunde Dahl"),
    ("Kenya", "Kenyan", "Nairobi", "Mombasa Kisumu Nakuru", "Grace Daniel Wanjiru Peter", "Otieno Kamau Mutua Njoroge"),
    ("Chile", "Chilean", "Santiago", "Valparaíso Temuco Iquique", "Camila Diego Rosa Andrés",
     "Fuentes Rojas Soto Vidal"),
    ("Japan", "Japanese", "Tokyo", "Osaka Sendai Fukuoka", "Yuki Kenji Aiko Hiroshi", "Tanaka Mori Ishida Kondo"),
    ("Poland", "Polish", "Warsaw", "Gdansk Lublin Katowice", "Anna Marek Zofia Piotr", "Nowak Zielinski Wrona Dudek"),
    ("Turkey", "Turkish", "Ankara", "Izmir Adana Trabzon", "Elif Mehmet Zeynep Kemal", "Yilmaz Demir Aydin Kaya"),
    ("Indonesia", "Indonesian", "Jakarta", "Medan Makassar Palu", "Dewi Budi Siti Agus",
     "Santoso Wijaya Hartono Lubis"),
    ("Peru", "Peruvian", "Lima", "Arequipa Trujillo Piura", "Lucia Jorge Elena Mateo", "Quispe Flores Huaman Vargas"),
    ("Georgia", "Georgian", "Tbilisi", "Batumi Kutaisi Gori", "Nino Giorgi Tamar Levan",
     "Beridze Kapanadze Gelashvili Lomidze"),
    ("Ghana", "Ghanaian", "Accra", "Kumasi Tamale Sunyani", "Ama Kwame Akosua Kofi", "Mensah Boateng Owusu Asante"),
    ("Canada", "Canadian", "Ottawa", "Halifax Regina Kelowna", "Sarah Michael Claire Robert",
     "Tremblay Fraser Campbell Singh"),
    ("Philippines", "Philippine", "Manila", "Cebu Davao Iloilo", "Maria Ramon Teresa Jose",
     "Reyes Santos Cruz Bautista"),
    ("Morocco", "Moroccan", "Rabat", "Fez Agadir Tangier", "Fatima Youssef Salma Karim", "Alaoui Benali Idrissi Tazi"),
    ("Greece", "Greek", "Athens", "Patras Larissa Volos", "Eleni Nikos Sofia Yannis", "Papadakis Stavrou Kostas Dimou"),
    ("Vietnam", "Vietnamese", "Hanoi", "Hue Vinh Haiphong", "Linh Minh Huong Tuan", "Nguyen Tran Pham Hoang"),
    ("Colombia", "Colombian", "Bogotá", "Cali Pasto Leticia", "Valentina Carlos Paula Julián",
     "Gómez Ospina Marín Salazar"),
]  # fmt: skip

AGENCIES = ["Reuters", "AFP", "the Associated Press", "Xinhua", "Interfax", "Yonhap"]
OUTLETS = [
    "The Daily Ledger", "Harbour Times", "Northern Post", "Global Dispatch", "The Evening Standard", "City Observer",
    "Le Courrier", "The Morning Herald", "Pacific Tribune", "World Briefing", "The Chronicle", "Inland Gazette",
]  # fmt: skip

# what happens, what is counted, how, what it did, lowest and highest first figure, who else counts
EVENTS = [
    ("flood", "people", "killed", "swept away homes", 4, 90, "the Meteorological Office"),
    ("flood", "homes", "destroyed", "burst its banks", 50, 4000, "the Red Cross"),
    ("earthquake", "residents", "injured", "shook the region", 20, 900, "the Geological Survey"),
    ("strike", "workers", "laid off", "stopped the port", 100, 5000, "the Dockers' Union"),
    ("protest", "demonstrators", "arrested", "filled the main square", 10, 700, "Amnesty International"),
    ("wildfire", "families", "evacuated", "jumped the highway", 30, 2500, "the Forest Service"),
    ("offensive", "soldiers", "sent to the border", "crossed the river", 300, 12000,
     "the Institute for Security Studies"),
    ("outbreak", "patients", "infected", "spread to a third district", 15, 1200, "the World Health Organization"),
    ("train crash", "passengers", "hospitalised", "blocked the line", 5, 240, "the Railway Authority"),
    ("data breach", "accounts", "stolen", "reached three banks", 1000, 90000, "the Cyber Agency"),
    ("oil spill", "barrels", "lost", "reached the beaches", 200, 30000, "Greenpeace"),
    ("mine collapse", "miners", "trapped", "closed the main shaft", 5, 80, "the Miners' Federation"),
]  # fmt: skip

SAYS = [
    "said",
    "told reporters",
    "announced",
    "stated",
    "reported",
    "confirmed",
    "noted",
    "added",
    "explained",
    "insisted",
]
CLAIMS = [
    "claimed",
    "alleged",
    "argued",
    "maintained",
    "suggested",
    "asserted",
    "acknowledged",
    "admitted",
    "pointed out",
]
GUESSES = ["estimated", "believed", "predicted", "speculated", "feared", "expected", "suspected", "projected"]
MINISTRIES = ["Interior Ministry", "Health Ministry", "Defence Ministry", "Foreign Ministry", "Transport Ministry"]
ROLES = ["Interior Minister", "Defence Minister", "Foreign Minister", "Governor", "Prime Minister"]
TITLES = ["spokesman", "spokesman", "director", "head of operations", "adviser"]
UNNAMED = [
    "Western officials",
    "local officials",
    "two diplomats",
    "a senior official",
    "analysts",
    "residents",
    "witnesses",
    "a police source",
]
HEDGES = ["could", "may", "might", "would probably", "is likely to", "will"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
INSULTS = ["baseless", "a fabrication", "pure speculation"]
PLEDGES = [
    "rebuild every school before the winter", "publish the full report within {n} weeks",
    "pay {m} million dollars in aid",
    "open an independent inquiry", "send {n} more helicopters", "lift the curfew within {n} days",
    "cut taxes by {n} percent",
]  # fmt: skip
STATES = [
    "the situation remains extremely serious", "nobody had warned the people of {town}",
    "the roads to {town} are open again",
    "the worst is over", "prices rose by {n}.{k} percent in a month", "the damage exceeds {m} million euros",
    "there is no reason for alarm", "the region needs fuel, water and doctors",
    "the authorities ignored three warnings",
    "{n} of {m} bridges cannot be used", "supplies will last for {n} days", "the equipment was more than {m} years old",
    "the talks with {other} have failed", "{other} had offered {n} aircraft",
    "about {n} percent of the harvest is lost",
]  # fmt: skip
PLAIN = [
    "The road from {town} to {capital} follows the river for most of the way, past orchards and small factories.",
    "Shops in the centre stayed shut on {day}, and buses did not run.",
    "The {event} {happens} late on {day}, after a week of rain and rumours.",
    "In {town}, volunteers cooked for everyone who came, and the school took in those who had nowhere to sleep.",
    "A similar {event} in {year} cost the region about {m} million dollars.",
    "Parliament in {capital} will debate the budget on {day}. The session was called at short notice.",
    "{town} has some {pop} inhabitants and lies {k0} kilometres from {capital}.",
    "Unemployment in the province fell to {n}.{k} percent last year, from {n2}.{k} percent in {year}.",
]  # fmt: skip


@dataclass
class Person:
    """Somebody who speaks: by full name and role at first, then by surname or pronoun."""

    name: str
    role: str
    woman: bool

    @property
    def surname(self) -> str:
        return self.name.split(" ", 1)[1]


@dataclass
class Event:
    """What several articles tell of: where, who, how many."""

    number: int
    word: str
    counted: str
    verb: str
    happens: str
    figure: int
    body: str
    country: int
    other: int
    town: str
    start: date
    people: list[Person]
    told: list[dict[str, str]] = field(default_factory=list)


def event(number: int, seed: int) -> Event:
    """The event of this number."""
    rng = random.Random(f"event {seed} {number}")
    word, counted, verb, happens, low, high, body = rng.choice(EVENTS)
    country, other = rng.sample(range(len(COUNTRIES)), 2)
    name, adjective, _, towns, given, surnames = COUNTRIES[country]
    people = []
    for _ in range(4):
        first = rng.randrange(4)
        title = rng.choice(TITLES) if first % 2 else rng.choice(TITLES).replace("spokesman", "spokeswoman")
        role = rng.choice(
            [
                f"{adjective} {rng.choice(ROLES)}",
                f"{rng.choice(MINISTRIES)} {title}",
                f"{name}'s {rng.choice(ROLES)}",
                f"economist at the University of {rng.choice(towns.split())}",
            ]
        )
        people.append(Person(f"{given.split()[first]} {rng.choice(surnames.split())}", role, first % 2 == 0))
    start = date(2023, 1, 2) + timedelta(days=number // 3 + rng.randrange(10))
    figure = rng.randint(low, high)
    return Event(
        number, word, counted, verb, happens, figure, body, country, other, rng.choice(towns.split()), start, people
    )


class Writer:
    """Sentences and paragraphs about one event, on one day."""

    def __init__(self, rng: random.Random, about: Event, day: date) -> None:
        self.rng = rng
        self.event = about
        self.day = day
        self.named: set[str] = set()
        self.last = ""
        self.used: set[str] = set()
        country = COUNTRIES[about.country]
        self.words = {
            "town": about.town,
            "capital": country[2],
            "country": country[0],
            "people": country[1],
            "other": COUNTRIES[about.other][0],
            "event": about.word,
            "happens": about.happens,
        }

    def fill(self, template: str) -> str:
        """A template with its figures and names."""
        rng = self.rng
        figures = {
            "n": rng.randint(2, 30),
            "n2": rng.randint(3, 31),
            "m": rng.randint(31, 900),
            "k": rng.randint(0, 9),
            "k0": rng.randint(2, 60) * 10,
            "pop": f"{rng.randint(12, 900)},000",
            "year": rng.randint(1996, 2022),
            "day": rng.choice(DAYS),
        }
        return template.format(**self.words, **figures)

    def who(self, person: Person, inverted: bool = False) -> str:
        """A person, in full when first named, then by surname or pronoun; after the verb if `inverted`."""
        forms = [f"{person.role} {person.name}"] if person.role[0].isupper() else []
        if not inverted:
            forms.append(f"{person.name}, {article(person.role)}{person.role},")
        if person.name in self.named or not forms:
            forms = [person.surname if person.name in self.named else person.name]
            if person.name == self.last and not inverted:
                forms.append("She" if person.woman else "He")
        self.named.add(person.name)
        self.last = person.name
        return self.rng.choice(forms)

    def number(self, slack: float = 0.0) -> str:
        """The figure of the day, as somebody would give it."""
        rng = self.rng
        grown = self.event.figure * (1 + 0.12 * max(0, (self.day - self.event.start).days))
        value = max(2, round(grown * (1 + rng.uniform(-slack, slack))))
        if value > 40 and rng.random() < 0.5:
            size = 10 ** (len(str(value)) - 2)
            value = round(value / size) * size
        lead = rng.choice(["", "", "at least ", "about ", "more than ", "nearly ", "some ", "up to ", "as many as "])
        if rng.random() < 0.12:
            return f"between {value:,} and {round(value * 1.3):,}"
        return f"{lead}{value:,}"

    def counted(self, slack: float = 0.0) -> str:
        """What is said to have happened to how many."""
        e = self.event
        tail = self.rng.choice(["", f" in {e.town}", f" in the {e.word}", f" near {e.town}"])
        return f"{self.number(slack)} {e.counted} had been {e.verb}{tail}"

    def plain(self) -> str:
        """A sentence without a source, once an article."""
        template = self.rng.choice([t for t in PLAIN if t not in self.used] or PLAIN)
        self.used.add(template)
        return self.fill(template)

    def content(self) -> str:
        """Something that can be said."""
        rng = self.rng
        if rng.random() < 0.4:
            return self.counted(0.02)
        return self.fill(rng.choice(STATES))

    def government(self) -> str:
        """The state as a source, in one of the ways it is named."""
        name, adjective, capital = COUNTRIES[self.event.country][:3]
        ministry = self.rng.choice(MINISTRIES)
        return self.rng.choice(
            [f"{name}'s {ministry}", f"The {adjective} government", capital, f"The {ministry} in {capital}"]
        )

    def sentence(self) -> str:
        """A sentence with a claim in it."""
        rng = self.rng
        person = rng.choice(self.event.people)
        kind = rng.randrange(16)
        if kind <= 1:
            said = self.content()
            return f"“{said[0].upper()}{said[1:]},” {lower(self.who(person))} {rng.choice(SAYS)} on {rng.choice(DAYS)}."
        if kind == 2:
            one, two = self.fill(rng.choice(STATES)), self.fill(rng.choice(STATES))
            return f"“{upper(one)},” said {self.who(person, inverted=True)}. “{upper(two)}.”"
        if kind <= 4:
            return f"{upper(self.who(person))} {rng.choice(SAYS + CLAIMS)} that {self.content()}."
        if kind == 5:
            return f"{upper(self.government())} {rng.choice(SAYS)} that {self.content()}."
        if kind == 6:
            return f"According to {self.event.body}, {self.counted(0.05)}."
        if kind == 7:
            return f"{upper(rng.choice(UNNAMED))} {rng.choice(GUESSES)} that {self.counted(0.3)}."
        if kind == 8:
            denied = self.counted(0.02)
            return f"{upper(self.government())} denied that {denied}, calling the report “{rng.choice(INSULTS)}”."
        if kind == 9:
            agency = rng.choice(AGENCIES)
            return f"{upper(agency)} reported, citing {rng.choice(UNNAMED)}, that {self.content()}."
        if kind == 10:
            return f"{upper(self.who(person))} promised to {self.fill(rng.choice(PLEDGES))}."
        if kind == 11:
            event, other = self.event.word, self.words["other"]
            return f"{upper(rng.choice(UNNAMED))} warned that the {event} {rng.choice(HEDGES)} spread to {other}."
        if kind == 12:
            return f"{upper(self.who(person))} declined to comment on reports that {self.counted(0.1)}."
        if kind == 13:
            said = f"{upper(self.counted())}, {lower(self.who(person))} {rng.choice(SAYS)}"
            return f"{said}, “and {self.fill(rng.choice(STATES))}.”"
        if kind == 14:
            accused = COUNTRIES[self.event.other][0]
            accuser = f"{upper(self.who(person))} accused {accused} of ignoring the {self.event.word}"
            return f"{accuser}, and demanded an answer by {rng.choice(DAYS)}."
        before = self.day - timedelta(days=rng.randint(1, 4))
        return f"On {before:%B} {before.day}, {lower(self.government())} had said that {self.counted(0.2)}."

    def article(self, passages: Sequence[str]) -> tuple[str, str]:
        """A title and a text of 150 to 600 words."""
        rng, e = self.rng, self.event
        title = upper(
            self.fill(
                rng.choice(
                    [
                        f"{self.number()} {e.counted} {e.verb} in {e.town} {e.word}",
                        "{people} officials divided over {event} in {town}",
                        "{capital} denies reports on {town} {event}",
                        "What we know about the {event} in {town}",
                    ]
                )
            )
        )
        paragraphs = [f"{self.sentence()} {self.plain()}"]
        words, wanted = 0, rng.randint(150, 560)
        while words < wanted:
            sentences = [self.sentence() for _ in range(rng.randint(1, 3))]
            if rng.random() < 0.5:
                sentences.insert(rng.randrange(len(sentences) + 1), self.plain())
            paragraphs.append(" ".join(sentences))
            words = sum(len(p.split()) for p in paragraphs)
        if passages and rng.random() < 0.5:
            passage = " ".join(rng.choice(passages).split()[:120])
            paragraphs.insert(rng.randint(1, len(paragraphs)), passage)
        return title, "\n\n".join(paragraphs)


def upper(text: str) -> str:
    """With a capital."""
    return text[0].upper() + text[1:]


def lower(text: str) -> str:
    """Inside of a sentence: "the ministry", "she"."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in {"The", "She", "He"} else text


def article(noun: str) -> str:
    """The article before a noun; none before a genitive."""
    if "'s " in noun:
        return ""
    return "an " if noun[0].lower() in "aeiou" else "a "


def copied(rng: random.Random, of: dict[str, str], other: dict[str, str] | None) -> str:
    """A text that shares much with one or two others."""
    paragraphs = of["text"].split("\n\n")
    way = rng.randrange(5)
    if way == 1:
        return "\n\n".join(paragraphs[: max(2, int(len(paragraphs) * rng.uniform(0.35, 0.8)))])
    if way == 2:
        return "\n\n".join([*paragraphs, f"This article was first published by {of['outlet'] or 'an agency'}."])
    if way == 3 and other:
        return "\n\n".join(paragraphs[: len(paragraphs) * 2 // 3] + other["text"].split("\n\n")[1:4])
    if way == 4:
        at = rng.randrange(len(paragraphs))
        paragraphs[at] = paragraphs[at].replace(" said", " has said").replace("Monday", "Tuesday")
    return "\n\n".join(paragraphs)


def generate(count: int, *, seed: int = 0, passages: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """Articles with the keys id, title, text, published, outlet, url; in constant memory.

    `passages` are texts that are woven in. Every value is a string; `published` (ISO 8601) and `outlet` may be empty.
    """
    open_events: deque[Event] = deque()
    started = 0
    for number in range(count):
        rng = random.Random(f"article {seed} {number}")
        while len(open_events) < 12 or rng.random() < 0.08:
            open_events.append(event(started, seed))
            started += 1
            if len(open_events) > 40:
                open_events.popleft()
        # Big stories are much bigger than small ones.
        about = open_events[min(int(rng.expovariate(0.25)), len(open_events) - 1)]
        day = about.start + timedelta(days=min(int(rng.expovariate(0.4)), 12))
        outlet = rng.choice(OUTLETS)
        if about.told and rng.random() < 0.22:
            of = rng.choice(about.told)
            title = of["title"] if rng.random() < 0.7 else upper(f"{about.word} in {about.town}: the latest")
            text = copied(rng, of, rng.choice(about.told))
        else:
            if rng.random() < 0.2:
                outlet = upper(rng.choice(AGENCIES))
            title, text = Writer(rng, about, day).article(passages)
            if outlet in OUTLETS and rng.random() < 0.15:
                text = f"{about.town.upper()}, {day:%b} {day.day} ({rng.choice(AGENCIES[:2])}) - {text}"
        one = {
            "id": f"g{seed}-{number:07}",
            "title": title,
            "text": text,
            "published": "" if rng.random() < 0.03 else day.isoformat(),
            "outlet": "" if rng.random() < 0.03 else outlet,
            "url": f"https://news.example/{outlet.lower().replace(' ', '-')}/{number}",
        }
        about.told.append(one)
        del about.told[:-20]
        yield one


def main() -> None:
    """Writes JSON lines."""
    parser = argparse.ArgumentParser(description="Writes news articles of invented events as JSON lines.")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--passages", type=Path, help="a folder of .txt files whose passages are woven in")
    parser.add_argument("-o", "--output", type=Path, help="the file to write; standard output if left out")
    args = parser.parse_args()
    passages = []
    if args.passages:
        for path in sorted(args.passages.rglob("*.txt")):
            blocks = path.read_text("utf-8", "replace").split("\n\n")
            passages += [block for block in blocks if len(block.split()) >= 30]
    with args.output.open("w", encoding="utf-8") if args.output else sys.stdout as out:
        for one in generate(args.count, seed=args.seed, passages=passages):
            out.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
