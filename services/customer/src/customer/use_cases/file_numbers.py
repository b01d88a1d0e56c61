"""Give files their numbers, without gaps within a code (CF-25)."""

from customer.adapters.mapping import Customer, CustomerFile
from customer.adapters.transaction import CustomerTransaction
from shared.numbers import next_number


def number_file(tx: CustomerTransaction, customer: Customer, file: CustomerFile) -> None:
    """Give a file without a number the next one of its customer's category.

    A file that has one keeps it, whatever becomes of the customer; where no pack has a code for
    the customer it stays without. The series is locked until the commit.
    """
    unit = customer.org_unit
    rules = tx.policies.rulings("file_categories", unit=unit, on=tx.today(unit), kind=customer.kind)
    if file.number is not None or not rules:
        return
    category = rules[0].value
    serial = next_number(tx.session, f"file:{category.code}")
    file.take_number(category, serial)
    tx.record("file.numbered", f"customer/{customer.id}", number=file.number)
