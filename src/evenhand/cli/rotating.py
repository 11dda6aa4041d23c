from django.utils import timezone

from evenhand.jobs.actions import ask_for
from evenhand.jobs.kinds import JobState
from evenhand.jobs.performing import perform_now
from evenhand.kernel.acting import system
from evenhand.kernel.encryption import key_ring
from evenhand.kernel.rotation import ROTATION


def rotate_keys() -> int:
    """Ask for the rotation as a page does, and wait for its end."""
    job = ask_for(
        ROTATION,
        "Seal every text with the newest key",
        arguments={},
        by=system(timezone.localdate()),
        at=timezone.now(),
    )
    job = perform_now(job.pk, timezone.now)
    if job.state != JobState.DONE:
        print(job.problem or "This was cancelled.")
        return 1
    print(f"Texts sealed again with the newest key {key_ring().primary!r}: {job.result['texts']:,}")
    for key, texts in sorted(job.result["keys"].items()):
        print(f"  {key:<12} {texts:,} texts")
    return 0
