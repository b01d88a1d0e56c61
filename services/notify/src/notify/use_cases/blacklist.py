"""Keep whom blacklists bar, and cancel the care that they were to get (AD-21, CM-18)."""

from notify.adapters.transaction import NotifyTransaction
from notify.domain.blacklist import BlacklistEntry
from notify.use_cases.care_tasks import stop_tasks_for
from notify.use_cases.decency import refusal
from notify.use_cases.planning import note


def keep_entry(tx: NotifyTransaction, told: BlacklistEntry) -> BlacklistEntry:
    """Take over an entry, told once or again; while it bars, the courtesies that its customer was
    still to be sent are cancelled."""
    entry = tx.blacklist.keep(told)
    if entry.bars:
        for message in tx.messages.courtesies_for(entry.customer_id, below=entry.unit):
            if refused := refusal(tx, message):
                message.withdraw(refused.why, tx.now, because=refused.because)
                note(tx, message)
        stop_tasks_for(tx, entry.customer_id, below=entry.unit)
    return entry
