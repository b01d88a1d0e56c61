"""What one can ask about subscriptions of other systems, and how their events are delivered."""
