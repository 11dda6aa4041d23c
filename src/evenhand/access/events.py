from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """Somebody is asked to set a password and come in."""

    account_id: int
