"""Let the person served sign on a phone, by a link that is good once (WO-14)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.sign_offs import (
    SignOffLink,
    SignOffRule,
    check_opening,
    is_live,
    open_link,
    write_remarks,
)
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.overdue import take
from shared.codes import digest
from shared.ids import new_id
from shared.rules import Ruling

PAGE = "/v1/sign-off"  # below the public address of the service; the code stands behind a #


def let_client_sign(
    tx: DispatchTransaction,
    order_id: UUID,
    *,
    remarks: str | None = None,
    anew: bool = False,
    caller: Caller,
) -> SignOffLink:
    """The link of an order, with what is to be signed of process and result where the receiver says
    so. Raises NotFound, NotTheReceiver, and as ``open_sign_off``."""
    order = take(tx, order_id, caller=caller)
    link = open_sign_off(tx, order, caller=caller, anew=anew)
    if remarks is not None and remarks != link.remarks:
        write_remarks(link, order, remarks, by=tx.people.acting(caller).id)
    return link


def open_sign_off(
    tx: DispatchTransaction, order: WorkOrder, *, caller: Caller, anew: bool = False
) -> SignOffLink:
    """The link by which the client of an order signs: the one that is live, so that what was
    printed stays good, or another one, which revokes it, where there is none or ``anew``.

    Raises NotOnStaff, MayNotOpenSignOff, PolicyMissing, WrongState.
    """
    by = tx.people.acting(caller).id
    _check(tx, order, caller, by)
    link = tx.sign_off_links.open_of(order)
    if link is None or anew or not _may_be_shown(tx, link) or not is_live(link, order, tx.now):
        link = _open_another(tx, order, link, by)
    link.url = f"{tx.public_url}{PAGE}#{tx.sign_off_links.code_of(link.id)}"
    return link


def _check(tx: DispatchTransaction, order: WorkOrder, caller: Caller, by: UUID) -> None:
    dispatching = frozenset(tx.ruling("dispatching", unit=order.org_unit).value.roles)
    roles = tx.work_orders.roles_over(order, caller)
    check_opening(roles, dispatching, receives=by == order.receiver_id)


def _may_be_shown(tx: DispatchTransaction, link: SignOffLink) -> bool:
    """Whether its code can still be worked out: not after a change of the index key."""
    return digest(tx.sign_off_links.code_of(link.id)) == link.code_digest


def _open_another(
    tx: DispatchTransaction, order: WorkOrder, earlier: SignOffLink | None, by: UUID
) -> SignOffLink:
    rule: Ruling[SignOffRule] = tx.ruling("sign_off", unit=order.org_unit)
    link_id = new_id()
    code = tx.sign_off_links.code_of(link_id)
    link = open_link(order, id=link_id, code_digest=digest(code), by=by, rule=rule, now=tx.now)
    if earlier is not None:
        earlier.revoked_at = tx.now
    tx.sign_off_links.add(link)
    what = {"link_id": link.id, "opened_by": by, "expires_at": link.expires_at}
    tx.note(f"work_order/{order.id}", "sign_off_opened", because=rule.because, **what)
    return link
