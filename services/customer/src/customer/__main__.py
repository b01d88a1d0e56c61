"""``python -m customer setup | web | worker | relay | dead-letters | openapi``."""

from customer.main import SERVICE
from shared.cli import main

main(SERVICE, web_target="customer.main:create_app()")
