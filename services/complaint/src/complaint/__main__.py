"""``python -m complaint setup | web | worker | relay | dead-letters | openapi``."""

from complaint.main import SERVICE
from shared.cli import main

main(SERVICE, web_target="complaint.main:create_app()")
