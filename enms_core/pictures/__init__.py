"""Pictures of what was computed, as bytes of a file. matplotlib is imported when one is drawn."""
