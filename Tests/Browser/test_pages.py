"""The public page and the operators' one, while the shipped day is replayed."""

import re
import time

from playwright.sync_api import expect

from conftest import DANGER, KEY, SIZES, boxes, keep, numbers, stop, until


def test_warning_appears_counts_down_and_clears(visit):
    page = visit(size="phone")
    until(page, "calm")
    expect(page.locator("#headline")).to_have_text("Replay: No warning now")
    keep(page, "1-calm-phone")
    until(page, re.compile("^shelter$"), 20)
    expect(page.locator("#headline")).to_contain_text("Take shelter now")
    expect(page.locator("#now .where-name", has_text="Zikim")).to_be_visible()
    expect(page).to_have_title(re.compile("^Replay: Take shelter now"))
    assert page.locator("html").get_attribute("data-mode") == "replay"
    keep(page, "2-danger-phone")
    (box,) = boxes(page, "#now")
    assert box["height"] >= 844 * 0.45, "danger fills the top half of a phone"
    first = max(numbers(page))
    page.wait_for_timeout(3000)
    assert first - 5 <= max(numbers(page)) <= first - 2
    while page.locator("#now").get_attribute("data-state") != "ended":
        assert all(n >= 0 for n in numbers(page))
        page.wait_for_timeout(500)
    expect(page.locator("#headline")).to_contain_text("All clear in")
    expect(page.locator("#list-now")).to_contain_text("No place is under warning")
    expect(page.locator("#list-ended")).to_contain_text("Zikim")
    keep(page, "3-ended-phone")


def test_my_places_answer_for_themselves(visit):
    page = visit(size="desk", theme="dark")
    box = page.get_by_role("combobox")
    box.fill("zik")
    expect(page.get_by_role("option").first).to_contain_text("Zikim")
    box.press("Enter")
    expect(page.locator("#headline")).to_have_text("Replay: No warning for your places")
    until(page, re.compile("^shelter$"), 20)
    expect(page.locator("#headline")).to_have_text("Replay: Take shelter now")
    expect(page.locator(".count-number")).to_have_text(re.compile(r"^\d+$"))
    page.wait_for_timeout(1500)
    keep(page, "4-danger-my-place-desk-dark")
    page.reload()
    expect(page.locator(".place-name")).to_have_text("Zikim")
    page.get_by_role("button", name="Remove Zikim").click()
    expect(page.locator(".place-name")).to_have_count(0)


def test_hebrew_is_right_to_left(visit):
    page = visit("/?lang=he", size="tablet")
    assert page.locator("html").get_attribute("dir") == "rtl"
    until(page, re.compile("^shelter$"), 20)
    expect(page.locator("#headline")).to_contain_text("היכנסו למרחב המוגן")
    sign, words, name, rest = boxes(page, ".now-head .sign", "#headline", ".where-name", ".where-rest")
    assert sign["x"] > words["x"] + words["width"] - 1, "the sign stands to the right of the words"
    assert name["x"] > rest["x"]
    page.wait_for_timeout(1500)
    keep(page, "5-danger-hebrew-tablet")
    for language, size in (("ar", "phone"), ("ru", "phone"), ("he", "desk")):
        other = visit(f"/?lang={language}", size=size)
        until(other, DANGER, 10)
        other.wait_for_timeout(1200)
        assert not other.evaluate("document.documentElement.scrollWidth > innerWidth")
        keep(other, f"5-danger-{language}-{size}")


def test_page_survives_a_restart(visit, server):
    page = visit(size="phone", offline_faults=True)
    until(page, re.compile("^shelter$"), 20)
    warned = page.locator("#now .where-name").all_inner_texts()
    assert stop(server.process) < 2.5, "open streams do not hold up a shutdown"
    page.wait_for_timeout(3000)
    until(page, DANGER, 1)
    assert set(warned) <= set(page.locator("#now .where-name").all_inner_texts())
    expect(page.locator("#link")).to_have_text("The connection is lost", timeout=20_000)
    until(page, DANGER, 1)
    expect(page.locator(".now-stale")).to_contain_text("Follow the sirens and the radio")
    keep(page, "6-danger-connection-lost-phone")
    server.restart()
    expect(page.locator("#link")).to_have_text("Connected", timeout=20_000)
    until(page, re.compile("^shelter$"), 20)
    expect(page.locator("#now .where-name", has_text="Zikim")).to_be_visible()


def test_a_lost_line_is_not_calm(visit, server):
    page = visit(size="phone", theme="dark", offline_faults=True)
    until(page, "calm")
    stop(server.process)
    until(page, "lost", 20)
    expect(page.locator("#now")).to_contain_text("Follow the sirens and the radio")
    keep(page, "7-connection-lost-phone-dark")


def test_works_without_scripts(visit):
    page = visit(java_script_enabled=False)
    expect(page.locator("#headline")).to_be_visible()
    assert 'http-equiv="refresh" content="5"' in page.content()
    # Zones are warned one after another: a page loaded between two of them shows only the first.
    deadline = time.monotonic() + 20
    while page.locator("#now.now-shelter .where-name", has_text="Zikim").count() == 0:
        assert time.monotonic() < deadline, page.locator("#now").inner_text()
        page.wait_for_timeout(1000)
        page.reload()
    keep(page, "8-no-scripts-phone")


def test_works_without_the_map_library(chromium, server):
    context = chromium.new_context(viewport={"width": 820, "height": 1180})
    page = context.new_page()
    page.route("**/leaflet/**", lambda route: route.abort())
    page.goto(server.url)
    expect(page.locator("#map")).to_contain_text("The map cannot be shown here")
    until(page, re.compile("^shelter$"), 20)
    context.close()


def test_keyboard_reaches_everything(visit):
    page = visit(size="desk")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.id") == "try-clear":
            break
    expect(page.locator("#try-clear")).to_be_focused()
    small = page.evaluate("""[...document.querySelectorAll('button, .langs a, input')]
        .filter((e) => e.offsetParent && Math.min(e.offsetWidth, e.offsetHeight) < 44)
        .map((e) => e.outerHTML.slice(0, 80))""")
    assert not small, small


def test_situation_is_for_operators(visit):
    page = visit("/situation", size="desk", theme="dark", offline_faults=True)
    page.get_by_label("Key").fill("tcs_wrong")
    page.get_by_role("button", name="Show the situation").click()
    expect(page.get_by_role("alert").filter(has_text="This key is not known")).to_be_visible()
    expect(page.locator("#board")).to_be_hidden()
    page.get_by_label("Key").fill(KEY)
    page.get_by_role("button", name="Show the situation").click()
    expect(page.locator("#tracks")).to_contain_text("Track 1", timeout=20_000)
    expect(page.locator("#warnings")).to_contain_text("Zikim", timeout=10_000)
    expect(page.locator("#entries li").first).to_be_visible()
    page.wait_for_timeout(4000)
    keep(page, "9-situation-desk-dark")
    assert page.locator(".ellipse").count() >= 1


def test_pages_look_well_in_every_size(visit):
    """Keeps pictures for people to look at; fails only on what is cut off at the side."""
    for size in SIZES:
        for theme in ("light", "dark"):
            page = visit(size=size, theme=theme)
            until(page, DANGER, 25)
            page.wait_for_timeout(1200)
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), size
            keep(page, f"look-{size}-{theme}")
