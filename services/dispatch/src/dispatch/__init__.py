"""Who goes where and when: units, calendars, work orders and callbacks."""
