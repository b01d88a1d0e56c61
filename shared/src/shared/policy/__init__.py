"""Policy packs: the regulation as data.

``Rulebook`` is what a service knows (made in main.py), ``Policies`` resolves inside a transaction,
``add_pack`` and ``activate`` change what holds. The HTTP side is ``shared.policy.api``.
"""

from shared.policy.activations import PacksUnfit, PackUnknown, activate
from shared.policy.builtin import load_builtin
from shared.policy.packs import (
    Fault,
    Merge,
    Pack,
    PackFault,
    PackSection,
    PolicyMissing,
    Rule,
    Section,
)
from shared.policy.parsing import parse
from shared.policy.resolving import Held, Policies
from shared.policy.rulebook import Rulebook
from shared.policy.versions import PackVersionExists, add_pack

__all__ = [
    "Fault",
    "Held",
    "Merge",
    "Pack",
    "PackFault",
    "PackSection",
    "PackUnknown",
    "PackVersionExists",
    "PacksUnfit",
    "Policies",
    "PolicyMissing",
    "Rule",
    "Rulebook",
    "Section",
    "activate",
    "add_pack",
    "load_builtin",
    "parse",
]
