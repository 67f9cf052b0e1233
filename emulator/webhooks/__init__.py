"""Webhooks, whatever the vendor: an outbox in the state, deliveries with retries, and an inbox to look at them."""
