"""HTTP plumbing: problems, pages, idempotency, tokens and the process endpoints."""
