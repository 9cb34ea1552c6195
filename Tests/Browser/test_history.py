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
    assert links.count() == 9
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
