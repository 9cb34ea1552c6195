"""The history's page: charts from imported logs, readable in every size and language, with their tables."""

import csv
import io
import os
import subprocess
import urllib.request

from playwright.sync_api import expect

from conftest import SIZES, TOCSIN, keep, until

LOG = """time_local,zone_he,category,matrix_id,description,source_id
2023-05-13T22:07:41+03:00,כיסופים,1,1,x,1
2023-05-14T18:33:05+03:00,זיקים,1,1,x,2
2023-05-14T18:33:06+03:00,זיקים,13,13,x,3
"""


def load(server) -> None:
    path = server.home / "log.csv"
    path.write_text(LOG)
    subprocess.run([TOCSIN, "history", "import", str(path)], check=True, capture_output=True,
                   env={**os.environ, "TOCSIN_HOME": str(server.home)})


def test_without_a_log_the_page_says_so(visit):
    page = visit("/history?lang=en")
    expect(page.locator("main")).to_contain_text("No alert log was imported yet.")


def test_charts_show_what_was_imported_in_every_language_and_size(visit, server):
    load(server)
    for language, zikim in [("en", "Zikim"), ("he", "זיקים"), ("ar", "زيكيم"), ("ru", "Зиким")]:
        for size in SIZES:
            page = visit(f"/history?lang={language}", size=size, theme="dark" if size == "phone" else "light")
            expect(page.locator("svg.chart").first).to_be_visible()
            expect(page.locator(".bars").last).to_contain_text(zikim)
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (language, size)
            keep(page, f"history-{language}-{size}")


def test_each_chart_has_its_table(visit, server):
    load(server)
    page = visit("/history?lang=en", size="desk")
    links = page.get_by_role("link", name="CSV")
    assert links.count() == 10
    for index in range(links.count()):
        with urllib.request.urlopen(server.url + links.nth(index).get_attribute("href")) as answer:
            assert list(csv.reader(io.StringIO(answer.read().decode())))[0]
    with urllib.request.urlopen(server.url + "/history/by-day.csv") as answer:
        assert answer.read().decode() == "day,warnings\r\n2023-05-13,1\r\n2023-05-14,1\r\n"


def test_accounts_of_a_day_stand_side_by_side_with_every_difference(visit, server):
    load(server)
    page = visit("/record/2023-05-14/accounts?lang=en")
    expect(page.locator("main")).to_contain_text("No siren with a time has been recorded yet.")
    page = visit("/?lang=en")
    until(page, "ended")
    for language, zikim, size, theme in [("en", "Zikim", "desk", "light"), ("he", "זיקים", "phone", "dark"), ("ar", "زيكيم", "tablet", "light")]:
        page = visit(f"/record/2023-05-14?lang={language}", size=size, theme=theme)
        page.locator("a[href*='/accounts']").click()
        expect(page.locator(".whose li")).to_have_count(3)
        row = page.locator(".accounts tbody tr").filter(has_text=zikim)
        expect(row.locator("td").first).to_contain_text("18:33:05")
        assert page.locator(".card li").count() >= 5
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (language, size)
        keep(page, f"accounts-{language}-{size}")
    with urllib.request.urlopen(server.url + "/record/2023-05-14/accounts.csv") as answer:
        rows = list(csv.DictReader(io.StringIO(answer.read().decode())))
    assert {row["account"] for row in rows if row["zone"] == "zikim"} >= {"log.csv", "The public alert log"}


HOUR = """time_local,zone_he,category
2023-05-14T18:33:05+03:00,זיקים,1
2023-05-14T18:34:05+03:00,נתיב העשרה,1
2023-05-14T18:34:06+03:00,אי שם,1
2023-05-14T18:34:35+03:00,כרמיה,101
2023-05-14T18:40:00+03:00,זיקים,13
"""


def test_an_hour_of_the_logs_is_shown_again_on_the_map(visit, server):
    path = server.home / "hour.csv"
    path.write_text(HOUR)
    subprocess.run([TOCSIN, "history", "import", str(path)], check=True, capture_output=True,
                   env={**os.environ, "TOCSIN_HOME": str(server.home)})
    for language, size, theme in [("en", "desk", "light"), ("he", "phone", "dark"), ("ar", "tablet", "light")]:
        page = visit(f"/history?lang={language}", size=size, theme=theme)
        page.locator("a[href*='/history/hour/2023-05-14T18']").click()
        slider, clock = page.locator("#hour-time"), page.locator("#hour-clock")
        zikim, netiv = page.locator("path[data-zone=zikim]"), page.locator("path[data-zone=netiv-haasara]")
        page.locator("#hour-speed").select_option("240")
        page.locator("#hour-play").click()
        expect(zikim).to_have_class("z-named sounding")
        page.locator("#hour-play").click()
        slider.fill(str(34 * 60 + 10))
        keep(page, f"hour-{language}-{size}")
        assert "sounding" in zikim.get_attribute("class") and "sounding" in netiv.get_attribute("class")
        slider.fill(str(36 * 60))
        assert "recent" in zikim.get_attribute("class")
        slider.fill(str(41 * 60))
        assert "recent" not in zikim.get_attribute("class") and "recent" in netiv.get_attribute("class")
        # A drill is in the table and moves nothing; a name that the map lacks is said.
        assert "recent" not in (page.locator("path[data-zone=karmia]").get_attribute("class"))
        expect(page.locator("#hour-rows tbody tr")).to_have_count(5)
        page.locator("#hour-rows tbody tr").nth(1).click()
        assert clock.inner_text() == "18:34:05"
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (language, size)
    page = visit("/history/hour/2023-05-14T19?lang=en")
    expect(page.locator("main")).to_contain_text("The logs have no row of this hour.")
