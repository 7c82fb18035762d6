"""What a web page says about itself: its title, its date and its address."""

import re

from rag.readers.composing import readable
from rag.readers.elements import Element, unescaped
from rag.source import Stated

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"https?://\S+")
_TITLES = ("og:title", "twitter:title")
_DATES = ("article:published_time", "datepublished", "dc.date", "dc.date.issued", "date", "pubdate", "publish-date")
_SITE = re.compile(r"\s+[|»·•]\s+[^|»·•]*\Z")
"""The site's name behind a page's title."""
_DASHES = (" - ", " – ", " — ", " | ", " » ", " · ", " • ", " :: ")
_HEAD = 1000
"""Elements of the main part in which a date is looked for."""


def find_stated(root: Element, main: Element) -> Stated:
    """What the page ``root``, whose own words stand in ``main``, says about itself."""
    said: dict[str, str] = {}
    link = titled = ""
    for element in root.within():
        if element.tag == "meta":
            attributes = element.attributes()
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            said.setdefault(key.lower(), _line(attributes.get("content", "")))
        elif element.tag == "link" and not link:
            attributes = element.attributes()
            link = attributes.get("href", "") if attributes.get("rel", "").lower() == "canonical" else ""
        elif element.tag == "title" and not titled:
            titled = _line(unescaped(element.text()))
    given = next((said[key] for key in _TITLES if said.get(key)), "")
    title = _without_site(given or _main_heading(main) or _SITE.sub("", titled), said.get("og:site_name", ""))
    address = _ADDRESS.fullmatch(link.strip() or said.get("og:url", ""))
    return Stated(title=title, date=_date(said, main), link=address[0] if address else "")


def _main_heading(main: Element) -> str:
    """The text of the only heading of the first rank."""
    headings = [element for element in main.within() if element.tag == "h1"]
    return _line(headings[0].text()) if len(headings) == 1 else ""


def _without_site(title: str, site: str) -> str:
    for dash in _DASHES if site else ():
        if title.casefold().endswith((dash + site).casefold()):
            return title[: -len(dash + site)].strip()
    return title


def _date(said: dict[str, str], main: Element) -> str:
    for key in _DATES:
        if said.get(key):
            day = _DATE.match(said[key])
            return day[0] if day else said[key]
    for number, element in enumerate(main.within()):
        if number > _HEAD:
            break
        if element.tag == "time" and (day := _DATE.match(element.attributes().get("datetime", ""))):
            return day[0]
    return ""


def _line(text: str) -> str:
    return " ".join(readable(text).split())
