"""Where contacts, messages and texts are kept, and the channels that reach people."""
