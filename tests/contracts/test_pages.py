"""Pages that describe packs leave no section out."""

from pathlib import Path

import pytest

from complaint.api.policies import SECTIONS

PAGE = Path(__file__).parents[2] / "docs" / "writing-complaint-packs.md"


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_the_page_on_complaint_packs_describes_every_section(section):
    assert f"`{section}`" in PAGE.read_text(), f"Say in {PAGE.name} what {section} is for."
