"""The embedded core: understands questions about factory energy, answers and words them."""
