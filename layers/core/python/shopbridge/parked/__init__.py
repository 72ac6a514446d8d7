"""What waits for a human: listed, explained, sent on again."""
