"""Accounts, the roles given to people and their scope, delegation, and API tokens."""
