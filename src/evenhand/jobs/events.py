from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JobAsked:
    job_id: int
