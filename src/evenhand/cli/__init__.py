"""The `evenhand` command: serve, look after, import, prove.

One module per command: `configure(parser)` names its arguments, `run(args)` gives its exit status.
"""
