"""The list as a page that can be printed; it loads nothing and runs nothing."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from dispatch.api.check_pages.tables import Sheet

PAGES = Environment(
    loader=PackageLoader(__package__, "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_html(sheet: Sheet) -> str:
    """The whole list; whatever stands in a cell is text."""
    return PAGES.get_template("list.html").render(sheet=sheet)
