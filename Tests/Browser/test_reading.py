"""A recorder reads a news text in the page: each draft recorded, mended or dropped, and nothing without that."""

import hashlib
import json
import urllib.request

from playwright.sync_api import expect

from conftest import KEY, keep

TEXT = """Fire at the mill
Mayor Ann Dale said on Monday that the fire was out. "Nobody was hurt," she told reporters.
A neighbour said he had heard two blasts, according to the Dale Post. The owner declined to comment."""
RECORDER = "tcs_" + "R" * 43


def recorder(server):
    """A key for a recorder beside the operator's."""
    path = server.home / "keys.json"
    keys = json.loads(path.read_text())
    keys["keys"].append({"name": "rita", "role": "recorder", "created": "2026-01-01T00:00:00Z",
                         "hash": hashlib.sha256(RECORDER.encode()).hexdigest()})
    path.write_text(json.dumps(keys))


def statements(server):
    with urllib.request.urlopen(server.url + "/api/record/2023-05-14/statements") as answer:
        return json.loads(answer.read())


def fill(page, key):
    page.locator("#read-key").fill(key)
    page.locator("#read-outlet").fill("The Dale Post")
    page.locator("#read-published").fill("2023-05-16")
    page.locator("#read-text").fill(TEXT)
    page.get_by_role("button", name="Read", exact=True).click()


def test_drafts_are_recorded_mended_or_dropped_one_by_one(visit, server):
    recorder(server)
    page = visit("/record/2023-05-14?lang=en", size="desk")
    page.get_by_role("link", name="For recorders: read a news text").click()
    fill(page, RECORDER)
    cards = page.locator(".draft")
    expect(page.locator("#read-count")).to_contain_text("4 drafts. Nothing is recorded yet.")
    before = {one["id"] for one in statements(server)}
    expect(cards.nth(0).locator("[id$=-speaker]")).to_have_value("Ann Dale")
    expect(cards.nth(0).locator("blockquote")).to_contain_text("the fire was out")
    keep(page, "reading-desk")
    # The first is mended and recorded, the second recorded as it is, the third dropped.
    cards.nth(0).locator("[id$=-role]").fill("Mayor of Dale")
    for index in (0, 1):
        cards.nth(index).get_by_role("button", name="Record").click()
        expect(cards.nth(index).locator(".draft-note")).to_contain_text("Recorded: s")
    cards.nth(2).get_by_role("button", name="Drop").click()
    expect(cards.nth(2).locator(".draft-note")).to_have_text("Dropped.")
    new = [one["statement"] for one in statements(server) if one["id"] not in before]
    assert len(new) == 2, new
    mended = next(one for one in new if one["speaker"].get("role"))
    assert mended["speaker"]["role"] in ("Mayor of Dale", {"text": "Mayor of Dale", "language": "en"}) or \
        "Mayor of Dale" in json.dumps(mended["speaker"])
    assert hashlib.sha256(TEXT.encode()).hexdigest() in json.dumps(mended["relays"])
    assert any("Nobody was hurt," in json.dumps(one) for one in new)
    # The link leads to the statement in the record.
    page.goto(server.url + cards.nth(0).locator("a").get_attribute("href"))
    expect(page.locator("main")).to_contain_text("Ann Dale")


def test_what_does_not_fit_is_said_and_nothing_is_recorded(visit, server):
    recorder(server)
    page = visit("/record/2023-05-14/read", size="phone", theme="dark", offline_faults=True)
    fill(page, KEY)
    expect(page.locator("#read-fault")).to_contain_text("role 'recorder'")
    fill(page, RECORDER)
    card = page.locator(".draft").first
    before = len(statements(server))
    card.locator("[id$=-attribute]").select_option("count.killed")
    card.locator("[id$=-speaker]").fill("")
    card.get_by_role("button", name="Record").click()
    expect(card.locator(".draft-note")).to_contain_text("Nothing was recorded")
    assert len(statements(server)) == before
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    keep(page, "reading-phone")
