"""What may be shown of few people, and what may be shown beside what was shown before.

`rules` says how few is too few, `oneway` and `tables` hide what is small and what would give it
away, `linear` and `ledger` prove that nothing hidden can be worked out, `few` and `sources` speak
of the answers of three or four.
"""
