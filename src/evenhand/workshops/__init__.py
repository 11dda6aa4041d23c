"""How job experts make behavioural anchors.

They collect incidents, a second group sorts them anew, experts scale those that stay; votes are
hidden until all have voted, and what holds becomes an anchor.
"""
