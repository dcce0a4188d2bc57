"""Adding: the same as one corpus of all, and only what is new is extracted."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportedly as rp

SENTENCES = [
    "“It rains in Zürich,” Ann Lee said on Friday.",
    "Ukrainian President Volodymyr Zelenskyy said at least 3,000 soldiers were sent to Kursk yesterday.",
    "President Volodymyr Zelensky of Ukraine denied the report. Zelensky said he would wait.",
    "The mayor warned that 200 homes could be flooded next week, and again on Tuesday.",
    "South Korea's National Intelligence Service (NIS) estimated that 1,500 troops had arrived.",
    "The NIS said on Monday that it would watch.",
    "The South Korean intelligence agency declined to comment.",
    "South Korea's Vice Foreign Minister Kim Hong-kyun summoned the ambassador.",
    "South Korea's Vice Foreign Minister said the act was wrong. Kim Hong-gyun condemned it, Kim said.",
    "He told reporters: “We wait.”",
    "Nothing happened yesterday, officials said.",
    "",
]
sentences = st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join)
day = st.sampled_from([None, None, "2024-10-21", "2024-10-25", "2024-10-28", "2024-11-20"])
article = st.tuples(sentences, day, st.sampled_from([None, "The Daily", "Yonhap"]))
Rows = list[tuple[str, tuple[str, str | None, str | None]]]


def corpus_of(rows: Rows) -> rp.Corpus:
    """A corpus of (id, (text, day, outlet))."""
    texts, days, outlets = ([row[i] for _, row in rows] for i in range(3))
    return rp.Corpus.from_texts(texts, published=days, outlets=outlets, ids=[name for name, _ in rows])


def check_same(one: rp.Corpus, other: rp.Corpus) -> None:
    """The same documents and claims; a document's row is its place in what it came with."""
    keys = [[(d.id, d.text, d.published, d.outlet) for d in corpus] for corpus in (one, other)]
    assert keys[0] == keys[1]
    for first, second in zip(one.claims.to_dicts(), other.claims.to_dicts(), strict=True):
        assert {**first, "row": None} == {**second, "row": None}
    assert [c.source_chain for c in one.claims] == [c.source_chain for c in other.claims]
    assert [c.explain() for c in one.claims[::20]] == [c.explain() for c in other.claims[::20]]


@settings(max_examples=25, deadline=None)
@given(
    articles=st.lists(article, max_size=5),
    cuts=st.lists(st.integers(0, 5), max_size=2),
    asked=st.booleans(),
    data=st.data(),
)
def test_in_pieces_or_at_once(tmp_path_factory, articles, cuts, asked, data):
    """However a corpus is cut, and whether its pieces were saved and loaded between, the sum is the same."""
    rows = [(f"article-{i}", row) for i, row in enumerate(articles)]
    whole = corpus_of(rows)
    ends = [0, *sorted(cuts), len(rows)]
    pieces = [corpus_of(rows[a:b]) for a, b in itertools.pairwise(ends)]
    total = pieces[0]
    for piece in pieces[1:]:
        if asked:
            data.draw(st.sampled_from([total, piece])).extract()
        if data.draw(st.integers(0, 3)) == 0:
            total = rp.load(total.save(tmp_path_factory.mktemp("pieces") / "saved"))
        total = total.add(piece)
    check_same(total, whole)
    check_same(total.add(whole), whole)
    check_same(whole.add(total), whole)


def test_the_seeds_in_every_split(seeds):
    """As they are, and in other orders."""
    rows = [(d.id, (d.text, None, None)) for d in seeds]
    shuffled = random.Random(20241026).sample(rows, len(rows))
    for order, cuts in ((rows, range(1, len(rows))), (shuffled, [2])):
        whole = corpus_of(order)
        for cut in cuts:
            first = corpus_of(order[:cut])
            first.extract()
            check_same(first.add(corpus_of(order[cut:])), whole)


def extracted(corpus: rp.Corpus, more: object) -> int:
    """How many documents are extracted when `more` is added."""
    seen = [(0, 0)]
    corpus.add(more, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    return seen[-1][1]


def test_only_what_is_new_is_extracted(tmp_path, seeds):
    dated = corpus_of([(f"a-{i}", (SENTENCES[i], "2024-10-25", None)) for i in range(5)])
    new = corpus_of([("b", (SENTENCES[6], "2024-10-25", None)), ("a-1", (SENTENCES[1], "2024-10-25", None))])
    assert extracted(dated, new) == 0, "nobody asked for claims"
    dated.extract()
    assert extracted(dated, new) == 1
    assert extracted(dated, dated) == 0
    assert extracted(rp.load(dated.save(tmp_path / "dated")), new) == 1
    new.extract()
    assert extracted(dated, new) == 0
    # Undated ones hang on the median date.
    mixed = dated.add(corpus_of([("undated", (SENTENCES[3], None, None))]))
    assert extracted(mixed, new) == 0
    later = [(f"c-{i}", (SENTENCES[i], "2024-11-20", None)) for i in range(7)]
    assert extracted(mixed, corpus_of(later)) == 8


def test_a_folder_that_grows(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    (news / "monday.txt").write_text(SENTENCES[1])
    (news / "empty.txt").write_text("")
    corpus = rp.read(news)
    corpus.extract()
    assert corpus.add(news) == corpus
    assert corpus.add(rp.read(news)) == corpus
    (news / "tuesday.txt").write_text(SENTENCES[2])
    (news / "binary.txt").write_bytes(bytes(range(256)) * 40)
    assert extracted(corpus, news) == 1
    grown = corpus.add(news)
    assert [d.id for d in grown] == [*(d.id for d in corpus), "tuesday"]
    assert sorted(p["path"].split("/")[-1] for p in grown.problems) == ["binary.txt", "empty.txt"]
    assert grown.add([news, news / "tuesday.txt"]) == grown
    assert len(corpus.add(b"It snowed in Bern, Bob Ray said.")) == len(corpus) + 1


def test_the_same_name_in_two_folders(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / "index.txt").write_text(SENTENCES[1])
    corpus = rp.read(tmp_path)
    assert [d.id for d in corpus] == ["index"]
    (tmp_path / "b" / "index.txt").write_text(SENTENCES[2])
    grown = corpus.add(rp.read(tmp_path))
    assert [d.id for d in grown] == ["index", "b/index"]
    assert grown.add(rp.read(tmp_path)) == grown


def test_an_id_that_is_taken_gets_a_number():
    one = rp.Corpus.from_texts(["It rained, Ann Lee said.", ""])
    two = rp.Corpus.from_texts(["It snowed, Ann Lee said.", "It hailed, Ann Lee said."], ids=["text-1", "text-1-2"])
    both = one.add(two)
    assert [d.id for d in both] == ["text-1", "text-2", "text-1-3", "text-1-2"]
    assert both.add(two) == both
    assert both.add(one) == both
    # Whoever vouches for what nobody else does goes by the new name.
    assert both[2].claims[-1].source_chain[0].name == "text-1-3"
    one.extract()
    two.extract()
    check_same(one.add(two), both)


def test_problems_go_by_the_new_names():
    one = rp.Corpus.from_texts(["It rained."])
    two = rp.Corpus.from_texts([""])
    both = one.add(two)
    assert [(p["path"], p["kind"]) for p in both.problems] == [("text-1-2", "empty")]
    assert both.add(two) == both


def test_both_stay_as_they_are():
    one, two = rp.Corpus.from_texts(["It rained, Ann Lee said."]), rp.Corpus.from_texts(["It snowed."], ids=["b"])
    one.extract()
    claims = one.claims.to_dicts()
    one.add(two)
    assert (len(one), len(two)) == (1, 1)
    assert one.claims.to_dicts() == claims


def test_what_cannot_be_added_is_refused(tmp_path):
    corpus = rp.Corpus.from_texts(["It rained."])
    with pytest.raises(TypeError, match="Corpus"):
        corpus.add(3)
    with pytest.raises(rp.NotFoundError):
        corpus.add(tmp_path / "none")
    with pytest.raises(rp.ArgumentError, match=r"rp\.load"):
        corpus.add(corpus.save(tmp_path / "saved"))


def test_progress_can_stop_it():
    corpus = rp.Corpus.from_texts(["It rained, Ann Lee said."] * 20)
    more = rp.Corpus.from_texts(["It snowed, Bob Ray said."] * 20, ids=[f"b-{i}" for i in range(20)])
    more.extract()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.add(more, progress=stop)
