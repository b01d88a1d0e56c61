"""``python -m dispatch setup | web | worker | relay | dead-letters | openapi``."""

from dispatch.main import SERVICE
from shared.cli import main

main(SERVICE, web_target="dispatch.main:create_app()")
