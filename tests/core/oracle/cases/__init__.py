"""Questions as data, intent by intent."""
