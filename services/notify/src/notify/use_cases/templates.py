"""Change the words of messages."""

from notify.adapters import templates
from notify.adapters.transaction import NotifyTransaction
from notify.domain.templates import SAMPLES, Template, Wording, check, check_phrases, render


def add_template(tx: NotifyTransaction, *, code: str, language: str, wording: Wording) -> Template:
    """Add a version that holds from now on. Raises TemplateInvalid, PhraseBanned."""
    check(code, wording)
    check_phrases(wording, tx.banned_of_company())
    added = templates.add(tx, code=code, language=language, wording=wording)
    tx.record("template.added", f"template/{code}/{language}", version=added.version)
    return added


def preview_wording(tx: NotifyTransaction, *, code: str, wording: Wording) -> Wording:
    """``wording`` with sample values, as it would be sent. Raises TemplateInvalid, PhraseBanned."""
    check(code, wording)
    check_phrases(wording, tx.banned_of_company())
    return render(wording, SAMPLES)
