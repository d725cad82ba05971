"""From the change log to the sockets of this process: one room per restaurant, one queue per connection."""
