"""The audit trail: who did what to what, and when.

Entries are written in the transaction of the action they record, never changed, and sealed in order
into a hash chain by a job, so that anyone can prove that nothing was altered or taken out.
"""
