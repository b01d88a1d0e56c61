"""Makes `shared` mean the installed package before pytest names a test module.

pytest calls the tests of the folder `shared/tests` `shared.tests.*` and would put an empty package
`shared` in the place of the real one, were that not imported already.
"""

import importlib

importlib.import_module("shared")
