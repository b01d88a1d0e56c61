"""``python -m notify setup | web | worker | relay | dead-letters | openapi``."""

from notify.main import SERVICE
from shared.cli import main

main(SERVICE, web_target="notify.main:create_app()")
