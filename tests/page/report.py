"""The page of `nnrun report` in a real browser, from a file: address.

Usage: report.py FOLDER      results and Chromium's profile go there; NNRUN_BINARY is nnrun
"""

import json
import os
import pathlib
import subprocess
import sys

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

EXPERIMENT = """
name: swept
description: "<script>document.title = 'owned'</script> \u202e \U0001f600 \\"quoted\\" 'so'"
dataset:
  name: {synthetic: {kind: digits, train: 400, test: 100}}
network:
  - dense: {units: 6}
  - relu
  - dense: {units: 10}
  - softmax
loss: cross_entropy
learning_rate: [0.01, 0.1, 1, 1e38]
epochs: 12
metrics: [accuracy]
"""
RUNS = 4
MEASURES = 2
REPEATED = EXPERIMENT.replace("name: swept", "name: repeated").replace("[0.01, 0.1, 1, 1e38]", "[0.01, 0.1]")
REPEATED += "seed: [1, 2, 3]\n"
GROUPS = 2
PATIENCE = 120  # seconds: on a machine that has other things to do


def make_page(folder, name, text):
    """Trains an experiment and writes its page."""
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for arguments in ([f"{name}.yaml", "-q"], ["report", f"results/{name}"]):
        subprocess.run([os.environ["NNRUN_BINARY"], *arguments], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
    return (folder / f"results/{name}/report.html").as_uri()


def open_browser(folder, script=True):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     f"--user-data-dir={folder}/profile-{script}", "--window-size=1280,1000"):
        options.add_argument(argument)
    if not script:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    service = webdriver.chrome.service.Service("/usr/bin/chromedriver")
    browser = webdriver.Chrome(service=service, options=options)
    browser.set_page_load_timeout(PATIENCE)
    browser.set_script_timeout(PATIENCE)
    return browser


def find(browser, selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def visible(browser, selector):
    return [element for element in find(browser, selector) if element.is_displayed()]


def requested(browser):
    """The addresses of everything that was asked for, but for what the page holds itself."""
    addresses = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            addresses.append(message["params"]["request"]["url"])
    return [address for address in addresses if not address.startswith(("data:", "about:"))]


def column(browser, name):
    """The values of a column of the runs table, from top to bottom."""
    return browser.execute_script("""
        const table = document.querySelector("table.runs");
        const heads = [...table.querySelectorAll("th[data-column]")];
        const head = heads.find((each) => each.textContent === arguments[0]);
        const column = Number(head.dataset.column) + 1;
        return [...table.tBodies[0].rows].map((row) => row.cells[column].textContent);""", name)


def show_charts(browser):
    """Each is made when it comes into view."""
    for figure in find(browser, "figure.chart"):
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", figure)
        WebDriverWait(browser, PATIENCE).until(lambda b, f=figure: f.find_elements(By.TAG_NAME, "canvas"))


def check_counts(browser):
    show_charts(browser)
    assert len(find(browser, "figure.chart")) == MEASURES
    assert len(find(browser, "figure.response")) == MEASURES
    assert len(find(browser, "table.runs tbody tr")) == RUNS
    assert len(find(browser, "table.runs tr.best")) == 1
    assert len(find(browser, "table.confusion")) == RUNS - 1  # none of the run that diverged
    assert len(find(browser, "td .status.diverged")) == 1
    assert browser.title == "swept · nnrun", browser.title
    assert "<script>" in find(browser, ".description")[0].text


def check_hover(browser):
    plot = find(browser, ".moving .plot")[0]
    values = find(browser, ".moving .values")[0]
    assert not values.is_displayed()
    ActionChains(browser).move_to_element(plot).move_by_offset(20, 0).perform()
    WebDriverWait(browser, PATIENCE).until(lambda b: values.is_displayed())
    assert "epoch" in values.text and "learning rate 0.01" in values.text, values.text
    assert len(values.find_elements(By.CSS_SELECTOR, "tr")) == RUNS + 1


def offers(browser, text):
    """The buttons beside the diagrams that can be pressed and say this."""
    return [button for button in visible(browser, ".buttons button") if button.text == text]


def check_keys(browser):
    plot = find(browser, ".moving .plot")[1]
    plot.send_keys(Keys.ARROW_RIGHT)
    values = find(browser, ".moving .values")[1]
    assert values.text.startswith("epoch 0"), values.text
    plot.send_keys(Keys.ARROW_RIGHT)
    assert values.text.startswith("epoch 1"), values.text
    assert not offers(browser, "Whole curve")
    plot.send_keys("+")
    assert offers(browser, "Whole curve")
    plot.send_keys("0")
    assert not offers(browser, "Whole curve")
    plot.send_keys(Keys.CONTROL, "+")  # the browser's own
    assert not offers(browser, "Whole curve")


def check_zoom(browser):
    plot = find(browser, ".moving .plot")[0]
    ActionChains(browser).move_to_element(plot).click_and_hold().move_by_offset(120, 0).release().perform()
    WebDriverWait(browser, PATIENCE).until(lambda b: offers(b, "Whole curve"))
    offers(browser, "Whole curve")[0].click()
    assert not offers(browser, "Whole curve")


def emulate(browser, **media):
    """As on paper (media="print") or with a feature that the reader has set."""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


def check_dark(browser):
    def background():
        return browser.execute_script("return getComputedStyle(document.documentElement).backgroundColor")
    light, curves = background(), pixels(browser, 0)
    emulate(browser, features=[{"name": "prefers-color-scheme", "value": "dark"}])
    WebDriverWait(browser, PATIENCE).until(lambda b: pixels(b, 0) != curves)
    assert background() != light
    emulate(browser, features=[])
    WebDriverWait(browser, PATIENCE).until(lambda b: background() == light)


def check_paper(browser):
    """The still diagrams, and nothing that has to be pressed."""
    assert not visible(browser, "figure.chart .still")
    emulate(browser, media="print")
    assert len(visible(browser, "figure.chart .still")) == MEASURES
    assert not visible(browser, ".moving") and not visible(browser, ".buttons button")
    emulate(browser, media="")


def check_sort(browser):
    rates = ["0.01", "0.1", "1", "1e+38"]
    assert column(browser, "learning rate") == rates
    head = next(b for b in find(browser, "table.runs th button") if b.text == "learning rate")
    for order, expected in (("ascending", rates), ("descending", rates[::-1])):
        head.click()
        assert column(browser, "learning rate") == expected
        cell = head.find_element(By.XPATH, "..")
        assert cell.get_attribute("aria-sort") == order
    head.click()


def check_filter(browser):
    field = find(browser, "section.runs input[type=search]")[0]
    field.send_keys("diverged")
    assert len(visible(browser, "table.runs tbody tr")) == 1
    field.clear()
    field.send_keys(" ")
    assert len(visible(browser, "table.runs tbody tr")) == RUNS


def pixels(browser, chart):
    """What the chart shows, to the last pixel."""
    return browser.execute_script(
        "return document.querySelectorAll('.moving')[arguments[0]]"
        ".querySelector('canvas').toDataURL()", chart)


def check_switches(browser):
    before = pixels(browser, 0)
    box = find(browser, "table.runs tbody tr:first-child input")[0]
    box.click()
    assert pixels(browser, 0) != before
    off = find(browser, "figure.chart .diagram .line.off")
    assert len(off) == 2 * MEASURES, len(off)
    box.click()
    assert pixels(browser, 0) == before
    validation = find(browser, "section.curves .tools input")[1]
    validation.click()
    assert pixels(browser, 0) != before
    validation.click()


def check_logarithm(browser):
    before = pixels(browser, 0)
    button = offers(browser, "Log scale")[0]
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert pixels(browser, 0) != before
    button.click()
    assert pixels(browser, 0) == before


def check_phone(browser):
    """Nothing is wider than the screen of a phone; wide tables scroll of their own."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True})
    width = browser.execute_script("return document.documentElement.scrollWidth")
    assert width == 390, width


def check_mistakes(browser):
    shown = visible(browser, ".mistakes figure")
    assert 1 < len(shown) <= 24, len(shown)
    loaded = browser.execute_script(
        "return [...document.querySelectorAll('.mistakes img')].every((image) => image.naturalWidth > 0)")
    assert loaded
    assert all(" taken for " in figure.text for figure in shown)


def check_means(browser):
    """Bands of their own switches; the values at the pointer have their deviation."""
    moving = "section.repeats .moving"
    show_charts(browser)
    assert len(find(browser, "table.means tbody tr")) == GROUPS
    assert len(find(browser, "table.runs tbody tr")) == 3 * GROUPS
    assert len(find(browser, "section.repeats .diagram .band")) == 2 * GROUPS * MEASURES
    plot = find(browser, f"{moving} .plot")[0]
    plot.send_keys(Keys.ARROW_RIGHT)
    values = find(browser, f"{moving} .values")[0]
    assert values.text.count("±") == 2 * GROUPS, values.text
    before = [pixels(browser, chart) for chart in (0, MEASURES)]
    box = find(browser, "table.means tbody tr:first-child input")[0]
    box.click()
    assert pixels(browser, 0) != before[0]
    assert pixels(browser, MEASURES) == before[1]  # the runs' own curves
    box.click()


SWEPT_CHECKS = (check_counts, check_sort, check_filter, check_hover, check_keys, check_zoom, check_switches,
                check_logarithm, check_mistakes, check_dark, check_paper, check_phone)
REPEATED_CHECKS = (check_means, check_phone)


def check_with_script(folder, address, checks):
    browser = open_browser(folder)
    try:
        browser.get("about:blank")
        browser.get_log("performance")  # of the browser's own first page
        browser.get(address)
        for check in checks:
            check(browser)
            print("passed:", check.__name__)
        assert browser.get_log("browser") == []
        addresses = requested(browser)
        assert addresses == [address], addresses
    finally:
        browser.quit()


def check_without_script(folder, address):
    browser = open_browser(folder, script=False)
    try:
        browser.get(address)
        assert not find(browser, "canvas") and not find(browser, "th button")
        assert len(visible(browser, "table.runs tbody tr")) == RUNS
        assert len(visible(browser, "figure.chart .diagram")) == MEASURES
        lines = find(browser, "figure.chart .diagram .line")
        assert len(lines) == 2 * RUNS * MEASURES, len(lines)
    finally:
        browser.quit()
    print("passed: without JavaScript")


def main():
    folder = pathlib.Path(sys.argv[1])
    address = make_page(folder, "swept", EXPERIMENT)  # of which one run diverges
    check_with_script(folder, address, SWEPT_CHECKS)
    check_without_script(folder, address)
    check_with_script(folder, make_page(folder, "repeated", REPEATED), REPEATED_CHECKS)


if __name__ == "__main__":
    main()
