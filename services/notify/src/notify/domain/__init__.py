"""The rules of notify: who is told what, when, in which words."""
