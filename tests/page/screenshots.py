"""Pictures of a page of `nnrun report`, to be looked at: wide, phone, dark and print.

Usage: screenshots.py PAGE.html FOLDER [PLACE]      FOLDER/wide.png, …; PLACE is where they begin, as #e4: an
                                                    experiment. /usr/bin/python3, as the packages are Debian's

Those of results/reference/report/page are of experiments/report.yaml from #e4 on; the fonts of the machine show in
them, so no test compares them.
"""

import base64
import pathlib
import sys
import tempfile
import time

from report import emulate, open_browser

HEIGHT = 1300  # what is below is like what is above
SECONDS = 2    # until charts have come into view and are drawn
PICTURES = {
    "wide": (1280, {}),
    "phone": (390, {}),
    "dark": (1280, {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}),
    "print": (794, {"media": "print"}),  # A4 at 96 dots per inch
}


def picture(browser, address, place, width, media):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False})
    browser.get(address)
    time.sleep(SECONDS)
    emulate(browser, **(media or {"media": "", "features": []}))
    browser.execute_script("document.querySelector(arguments[0]).scrollIntoView()", place)
    time.sleep(SECONDS)
    return base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"])


def main():
    address = pathlib.Path(sys.argv[1]).resolve().as_uri()
    place = sys.argv[3] if len(sys.argv) > 3 else "body"
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        browser = open_browser(profile)
        try:
            for name, (width, media) in PICTURES.items():
                (folder / f"{name}.png").write_bytes(picture(browser, address, place, width, media))
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
