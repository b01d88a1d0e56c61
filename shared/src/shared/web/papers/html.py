"""A paper as a page that can be printed; it loads nothing and runs nothing."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from shared.web.papers import Paper

PAGES = Environment(
    loader=PackageLoader(__package__, "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_html(paper: Paper) -> str:
    """The whole paper; whatever stands in a cell is text."""
    return PAGES.get_template("page.html").render(paper=paper)
