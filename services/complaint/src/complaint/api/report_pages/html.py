"""The report as a page that can be printed; it loads nothing and runs nothing."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from complaint.api.report_pages.tables import Paper

PAGES = Environment(
    loader=PackageLoader(__package__, "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_html(paper: Paper) -> str:
    """The whole report; whatever stands in a cell is text."""
    return PAGES.get_template("report.html").render(paper=paper)
