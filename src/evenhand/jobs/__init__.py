"""Long work: asked for by someone, done in resumable steps, watched, cancelled, tried again.

A job is a fact here; the process that performs jobs lives in `worker`.
"""
