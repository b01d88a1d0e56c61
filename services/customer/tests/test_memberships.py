"""In whose customer base a customer stands, and who sees him there."""

from uuid import UUID

from customer.domain.memberships import Membership, Standing


def test_a_new_customer_stands_in_the_base_of_his_unit(desk):
    customer = desk.register(org_unit="shop-01")

    with desk.open() as tx:
        (membership,) = tx.memberships.of(customer.id)
        assert ("shop-01", Standing.ENTERED) == (membership.unit, membership.standing)
        assert 1 == tx.memberships.entered_below("region-north")
        assert 0 == tx.memberships.entered_below("region-south")


def test_a_customer_who_moves_leaves_the_base_of_his_old_unit(desk):
    customer = desk.register(org_unit="shop-01")

    desk.change(customer, org_unit="shop-03")

    with desk.open() as tx:
        assert ["shop-03"] == [one.unit for one in tx.memberships.of(customer.id)]


def test_a_second_unit_that_deals_with_him_sees_him(as_, desk, river, path):
    south = as_("sales_team", unit="region-south")
    assert 404 == south.get(path).status_code

    with desk.open() as tx:
        customer = tx.customers.get(UUID(river["customer_id"]), unit="hq")
        tx.memberships.add(
            Membership(
                customer_id=customer.id, unit="shop-03", standing=Standing.PROSPECT, since=tx.now
            )
        )

    assert 200 == south.get(path).status_code
    with desk.open() as tx:
        assert 0 == tx.memberships.entered_below("region-south")
