"""Keep what people do not want to be told."""

from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.preferences import OptOut, Preferences


def preferences_for_change(tx: NotifyTransaction, person_id: UUID) -> Preferences:
    """Those of a person, whom nobody else keeps or finds before our commit."""
    tx.contacts.alone(person_id)
    return tx.preferences.of(person_id)


def keep_preferences(
    tx: NotifyTransaction, preferences: Preferences, opt_outs: tuple[OptOut, ...]
) -> Preferences:
    """Take over what a person opted out of, and keep in the audit log who said so. It holds for
    what is sent from then on."""
    preferences.opt_outs = opt_outs
    tx.preferences.keep(preferences)
    tx.record("preferences.changed", f"contact/{preferences.person_id}", opt_outs=opt_outs)
    return preferences
