"""The ways to reach people: log, SMTP, webhook."""
