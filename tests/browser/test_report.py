"""The report in a browser: it opens without a network, everything in it can be reached, and nothing in it runs."""

import datetime
import re
import time

import pytest

import reportedly as rp

from .conftest import LONG_WORD, RTL_OVERRIDE

DAM = (
    "Officials said on Friday that at least {n} people had died when the dam above Orrel broke. "
    '"We were warned for years," Ann Lee, a spokeswoman for the water board, said. '
    "The ministry denied that the dam had been neglected. 😀 Experts warned that more rain could follow."
)


@pytest.fixture(scope="module")
def dam() -> rp.Corpus:
    """One event in several articles, one of them a copy, one without a date."""
    texts = [DAM.format(n=n) for n in (12, 30, 41)]
    texts += [texts[0], "It rained in Orrel. Ann Lee said that the water was rising. Experts said 17 houses were gone."]
    return rp.Corpus.from_texts(
        texts,
        titles=["Dam breaks", "Dam: toll rises", "Dam: the third day", "Dam breaks again", None],
        outlets=["The Daily", "Herald", "The Daily", "Copycat", None],
        published=["2024-03-01", "2024-03-02", "2024-03-04", "2024-03-02", None],
        ids=["dam-first", "dam-second", "dam-third", "dam-copied", "rain"],
    )


@pytest.fixture(scope="module")
def dam_report(dam, tmp_path_factory):
    path = tmp_path_factory.mktemp("dam") / "report.html"
    dam.report(path, title="The dam above Orrel")
    return path


@pytest.fixture(scope="module")
def seeds_report(seeds, tmp_path_factory):
    path = tmp_path_factory.mktemp("seeds") / "report.html"
    seeds.report(path, title="North Korean troops in Russia")
    return path


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent")


def status(page) -> str:
    """What is told of the filters, once they have been followed."""
    page.wait_for_timeout(250)
    return page.inner_text(".rp-explorer .rp-status")


def counts(text: str) -> tuple[int, int]:
    claims, articles = map(int, re.findall(r"\d+", text.replace(",", "")))
    return claims, articles


def no_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_it_opens_offline_with_every_section(dam_report, open_page):
    page = open_page(dam_report)
    assert page.title() == page.inner_text("h1") == "The dam above Orrel"
    headings = page.locator("main h2").all_inner_texts()
    assert headings == [
        "The corpus",
        "Findings",
        "Ledger of figures",
        "Timeline of claims",
        "Sources",
        "Shared text",
        "Read the articles",
    ]
    assert "1 Mar 2024 to 4 Mar 2024, 1 undated" in page.inner_text("#overview")
    assert page.locator("#copies tbody tr").count() >= 1
    assert page.locator(".rp-chart").count() >= 2
    assert page.locator("#read .rp-entry").count() == 5


def test_the_policy_lets_no_other_script_run(dam_report, open_page):
    page = open_page(dam_report, ignore=lambda text: "Content Security Policy" in text)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.owned = 1';
            document.body.append(script);
            const node = document.createElement('p');
            node.setAttribute('onclick', 'window.owned = 2');
            document.body.append(node);
            node.click();
        }"""
    )
    assert page.evaluate("window.owned") is None
    refused = page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    assert refused


def test_a_finding_leads_to_its_passage_and_back(dam, dam_report, open_page):
    page = open_page(dam_report)
    link = page.locator("#findings .rp-passages a").first
    words = link.inner_text()
    link.click()
    passage = page.locator("#read .rp-passage")
    assert "".join(passage.all_inner_texts()).startswith(words.rstrip("…")[:60])
    assert passage.first.is_visible()
    assert page.evaluate("document.activeElement.classList.contains('rp-passage')")
    box = passage.first.bounding_box()
    assert 0 <= box["y"] <= 900
    page.go_back()
    page.wait_for_timeout(50)
    page.wait_for_timeout(50)
    assert focused(page) == words
    assert link.bounding_box()["y"] <= 900
    page.go_forward()
    page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.classList.contains('rp-passage')")


def test_every_figure_of_the_ledger_leads_to_its_words(seeds, seeds_report, open_page):
    page = open_page(seeds_report)
    page.locator("#ledger details summary").evaluate_all("all => all.forEach(s => s.click())")
    rows = seeds.reconcile().ledger().to_dicts()
    links = page.locator("#ledger tbody td a")
    assert links.count() == len(rows)
    shown = []
    for i in range(links.count()):
        page.goto(f"{page.url.split('#')[0]}{links.nth(i).get_attribute('href')}")
        shown.append("".join(page.locator(".rp-passage").all_inner_texts()))
    assert sorted(shown) == sorted(row["figure"] for row in rows)


def test_marks_of_claims_stand_on_their_words(dam, dam_report, open_page):
    """Also after characters that JavaScript counts twice."""
    page = open_page(dam_report)
    for claim in dam.claims:
        page.evaluate(f"location.hash = 'c{claim.index}'")
        page.wait_for_selector(f"[data-anchor='{claim.index}'][aria-current]")
        for role, spans in (
            ("source", claim.source_spans),
            ("cue", claim.cue_spans),
            ("content", claim.content_spans),
        ):
            # A figure, or a source within the content, shows as what it is itself.
            shown = "".join(page.locator(f".rp-on-{role}").all_text_contents())
            words = "".join(s.text for s in spans)
            assert shown == words or (role == "content" and shown in words), claim
        assert page.inner_text(".rp-explanation h3") == (claim.source.name if claim.source else "Nobody named")


def test_a_claim_is_explained_with_those_that_agree_and_clash(dam, dam_report, open_page):
    page = open_page(dam_report)
    denial = next(c for c in dam.claims if c.act == "deny")
    page.evaluate(f"location.hash = 'c{denial.index}'")
    facts = page.inner_text(".rp-facts >> nth=1")
    assert "deny" in facts
    assert "denied" in facts
    assert "likely to be right" in facts
    other = page.locator(".rp-related .rp-claim-line a").first
    other.click()
    assert page.locator(".rp-on").count() > 0


def test_filters_leave_what_fits(dam, dam_report, open_page):
    page = open_page(dam_report)
    attributed = [c for c in dam.claims if c.kind != "narrated"]
    assert counts(status(page)) == (len(attributed), 5)
    page.select_option("[name=act]", "deny")
    denials = [c for c in attributed if c.act == "deny"]
    assert counts(status(page)) == (len(denials), len({c.document.id for c in denials}))
    page.locator(".rp-entry").first.click()
    assert page.locator(".rp-body [data-anchor]").count() == len([c for c in denials if c.document.index == 0])
    page.click("text=Clear filters")
    assert counts(status(page))[0] == len(attributed)
    page.fill("[name=source]", "ann lee")
    assert counts(status(page))[0] == len([c for c in attributed if c.source and c.source.name == "Ann Lee"])
    page.fill("[name=source]", "")
    page.fill("[name=text]", "rising")
    assert counts(status(page)) == (1, 1)
    page.fill("[name=text]", "")
    page.fill("[name=since]", "2024-03-02")
    page.fill("[name=until]", "2024-03-02")
    assert counts(status(page))[1] == 2
    page.select_option("[name=outlet]", "Copycat")
    assert counts(status(page))[1] == 1
    page.select_option("[name=figure]", "with")
    with_figures = [c for c in attributed if c.quantities and c.document.id == "dam-copied"]
    assert counts(status(page)) == (len(with_figures), 1)
    page.fill("[name=text]", "no such words")
    assert status(page) == "No claim is like that."


def test_sources_lead_to_what_they_say(dam, dam_report, open_page):
    page = open_page(dam_report)
    row = page.locator("#sources tbody tr", has_text="Ann Lee").first
    row.locator("summary").click()
    assert "the water was rising" in row.inner_text()
    row.locator("td a").first.click()
    said = [c for c in dam.claims if c.source and c.source.name == "Ann Lee"]
    assert counts(status(page))[0] == len(said)
    page.locator("#sources .rp-sort[data-by=name]").click()
    names = page.locator("#sources tbody summary").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    assert page.locator("#sources th[aria-sort=ascending]").count() == 1
    assert focused(page) == "Source"


def test_the_keyboard_reaches_everything(dam_report, open_page):
    page = open_page(dam_report)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the findings"
    assert page.locator(".rp-skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert focused(page) == "Findings"
    # On to the first passage of a finding, and into the text.
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.rp-passages') !== null"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('rp-passage')")
    # From there to the next claim, which the keyboard chooses.
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.anchor !== undefined"):
            break
    anchor = page.evaluate("document.activeElement.dataset.anchor")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == f"#c{anchor}"
    page.wait_for_selector(".rp-steps")
    assert page.evaluate("document.activeElement.dataset.anchor") == anchor
    # Focus can be seen.
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.focus(".rp-steps button:not([disabled])")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.rp-steps') !== null")
    # Back, step by step, to where the keyboard came from.
    page.go_back()
    page.go_back()
    page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.closest('.rp-passages') !== null")


def test_the_parts_of_a_claim_light_up_together(dam_report, open_page):
    page = open_page(dam_report)
    page.evaluate("location.hash = 'd0'")
    cue = page.locator(".rp-body [data-anchor]").first
    cue.hover()
    assert page.locator(".rp-lit").count() >= 2
    page.mouse.move(0, 0)
    cue.focus()
    assert page.locator(".rp-lit").count() >= 2
    # A click on the content chooses the claim as well.
    page.locator(".rp-body .rp-content:not(a)").first.click()
    assert page.evaluate("location.hash").startswith("#c")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(seeds_report, open_page, axe, screenshot, dark, width):
    page = open_page(seeds_report, dark=dark, width=width)
    page.locator("details summary").evaluate_all("all => all.forEach(s => s.click())")
    page.wait_for_timeout(100)
    assert axe(page) == []
    page.evaluate("location.hash = 'c12'")
    page.wait_for_selector(".rp-on")
    assert axe(page) == []
    screenshot(page, f"report-read-{'dark' if dark else 'light'}-{width}")


def test_hostile_articles_are_text(hostile, tmp_path, open_page, assert_plain, axe, screenshot):
    path = tmp_path / "hostile.html"
    hostile.report(path, title=f'</title><script>window.owned = 1</script>{RTL_OVERRIDE}"')
    for width in (1280, 390):
        page = open_page(path, width=width)
        for i in range(len(hostile)):
            page.evaluate(f"location.hash = 'd{i}'")
            page.wait_for_selector(".rp-body")
            text = page.locator(".rp-body").text_content()
            for block in hostile[i].blocks:
                # Control characters show as their pictures, one for one.
                seen = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", "", block.text)
                assert seen in re.sub(r"[\u2400-\u241f\ufffd]", "", text)
            assert no_sideways(page)
        assert LONG_WORD in page.content()
        for claim in hostile.claims:
            page.evaluate(f"location.hash = 'c{claim.index}'")
        page.wait_for_timeout(50)
        assert_plain(page)
        assert page.locator("style").count() == 1
        assert axe(page) == []
        screenshot(page, f"report-hostile-{width}")
    # An override turns nothing but itself.
    odd = page.locator(".rp-odd").first
    assert odd.evaluate("n => getComputedStyle(n).unicodeBidi") == "isolate"


@pytest.fixture(scope="module")
def thousand(seeds, tmp_path_factory):
    texts = [f"{DAM.format(n=i)}\n\n{seeds[i % 5].text[:400]}\n\nArticle {i} ends here." for i in range(1000)]
    day = datetime.date(2024, 1, 1)
    corpus = rp.Corpus.from_texts(
        texts,
        published=[day + datetime.timedelta(days=i % 300) for i in range(1000)],
        outlets=[f"Outlet {i % 40}" for i in range(1000)],
        titles=[f"Article {i}" for i in range(1000)],
    )
    path = tmp_path_factory.mktemp("thousand") / "report.html"
    corpus.report(path)
    return path


def test_a_thousand_articles(thousand, open_page):
    began = time.monotonic()
    page = open_page(thousand)
    page.wait_for_selector("#read .rp-entry")
    assert time.monotonic() - began < 20
    assert page.evaluate("document.querySelectorAll('*').length") < 30_000
    assert counts(status(page))[1] == 1000
    began = time.monotonic()
    page.fill("[name=text]", "Article 777 ends")
    page.wait_for_selector(".rp-explorer .rp-status >> text=/in 1 article$/")
    assert time.monotonic() - began < 5
    assert page.locator("#read .rp-entry").count() == 1
    page.evaluate("location.hash = 'd999'")
    page.wait_for_selector("text=Article 999 ends here.")


def test_more_is_drawn_on_request(thousand, open_page):
    page = open_page(thousand)
    entries = page.locator("#read .rp-entry")
    assert entries.count() == 100
    page.locator("#read .rp-list .rp-more").click()
    assert entries.count() == 200
    # The keyboard goes on where the new ones begin.
    assert focused(page).startswith("101. Article 100")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_phone(dam_report, seeds_report, open_page, screenshot, dark):
    for path in (dam_report, seeds_report):
        page = open_page(path, width=390, height=844, dark=dark)
        assert no_sideways(page)
        for section in ("findings", "ledger", "timeline", "sources", "copies", "read"):
            page.evaluate(f"location.hash = '{section}'")
            page.wait_for_timeout(30)
            assert no_sideways(page), section
        page.evaluate("location.hash = 'c3'")
        page.wait_for_selector(".rp-on")
        assert no_sideways(page)
        # The chosen claim is on the screen, and not under its explanation.
        box, side = page.locator("[data-anchor='3']").bounding_box(), page.locator(".rp-side").bounding_box()
        assert 0 < box["y"] < 844
        assert box["y"] + box["height"] <= side["y"] + 1
    screenshot(page, f"report-phone-{'dark' if dark else 'light'}")


def test_on_paper_all_articles_are_there(seeds, seeds_report, open_page):
    page = open_page(seeds_report, dark=True)
    assert page.locator(".rp-print article").count() == 0
    page.emulate_media(media="print")
    page.wait_for_selector(".rp-print article")
    assert page.locator(".rp-print article").count() == len(seeds)
    printed = page.locator(".rp-print").inner_text()
    for document in seeds:
        assert document.blocks[-1].text.split("\n")[0] in printed
    assert not page.locator(".rp-nav").is_visible()
    assert not page.locator("#read").is_visible()
    # Sources beyond the first, which the page shows on request.
    parties = [p for p in seeds.reconcile().parties.to_dicts() if p["source_type"] != "outlet"]
    assert page.locator("#sources tbody tr").count() == len(parties)
    assert page.locator("#sources summary").last.is_visible()
    assert page.locator("#ledger details[open]").count() == page.locator("#ledger details").count()
    page.emulate_media(media="screen")
    page.wait_for_selector(".rp-print article", state="detached")
    assert page.locator("#sources tbody tr").count() == 25


def test_without_scripts_there_is_the_summary(dam_report, open_page):
    page = open_page(dam_report, java_script_enabled=False)
    text = page.inner_text("body")
    assert "THE LEDGER OF FIGURES" in text
    assert "Ann Lee" in text
