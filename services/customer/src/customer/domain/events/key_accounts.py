"""What is told of key accounts."""

from dataclasses import dataclass
from typing import ClassVar

from customer.domain.events.customers import OfCustomer


@dataclass(frozen=True, kw_only=True)
class KeyAccountChanged(OfCustomer):
    """``unit`` holds a customer to be a key account, or holds him to be one no more (VS-04)."""

    type: ClassVar[str] = "customer.key_account_changed.v1"

    unit: str
    is_key: bool
