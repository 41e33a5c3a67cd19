"""Storing what files hold: each file in one transaction, all of it or nothing, once."""
