"""The record's pages: read in every language, as of any moment, printed, without scripts."""

from playwright.sync_api import expect

from conftest import SIZES, keep

INCIDENT = "/record/2023-05-14"


def told(page) -> None:
    """Waits until the replay has told the last statement of the day before the flight and the log's three rows."""
    for _ in range(100):
        page.reload()
        if page.locator("text=Netiv HaAsara").count():
            return
        page.wait_for_timeout(200)
    raise AssertionError("the day was not told")


def test_positions_stand_side_by_side_with_their_speakers(visit):
    page = visit(INCIDENT + "?lang=en", size="desk")
    told(page)
    expect(page.locator("h1")).to_contain_text("14 May 2023")
    # Every sentence of the dispatch leads to what it rests on.
    links = page.locator("details sup a")
    assert links.count() > 10
    target = links.first.get_attribute("href")
    assert page.locator(f"[id='{target[1:]}']").count() == 1


def test_as_of_shows_what_was_known_then(visit):
    page = visit(INCIDENT + "?lang=en", size="desk")
    told(page)
    page.goto(page.url.split("?")[0] + "?lang=en&asOf=2023-05-14T18:33:04%2B03:00")
    expect(page.locator("main")).not_to_contain_text("sirens sounded in Netiv HaAsara")
    expect(page.locator("main")).to_contain_text("Ashkelon Southern Industrial Zone")


def test_search_finds_words_that_were_said(visit):
    page = visit(INCIDENT + "?lang=en", size="desk")
    told(page)
    page.get_by_role("link", name="The record", exact=True).click()
    page.get_by_role("textbox").fill("alert log")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("link", name="14 May 2023")).to_be_visible()
    page.get_by_role("textbox").fill("no such words anywhere")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".none")).to_be_visible()


def test_every_language_reads_its_own_way(visit):
    for language, direction in [("en", "ltr"), ("he", "rtl"), ("ar", "rtl"), ("ru", "ltr")]:
        for size in SIZES:
            page = visit(f"{INCIDENT}?lang={language}", size=size, theme="dark" if size == "phone" else "light")
            assert page.locator("html").get_attribute("dir") == direction
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (language, size)
            keep(page, f"record-{language}-{size}")


def test_without_scripts_the_moment_can_still_be_chosen(visit):
    page = visit(INCIDENT + "?lang=en", java_script_enabled=False)
    expect(page.get_by_role("combobox")).to_be_visible()
    expect(page.get_by_role("button", name="Show")).to_be_visible()


def test_print_leaves_out_what_paper_cannot_do(visit):
    page = visit(INCIDENT + "?lang=en", size="desk")
    page.emulate_media(media="print")
    assert page.locator(".no-print >> visible=true").count() == 0
    expect(page.locator("h1")).to_be_visible()


def test_no_impact_place_track_or_site_is_in_it(visit):
    page = visit(INCIDENT + "?lang=en", size="desk")
    told(page)
    text = page.content().lower()
    for word in ["covariance", "azimuth", "\"lat\"", "radar site", "range_m"]:
        assert word not in text, word
