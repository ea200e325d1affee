"""Charts as finished Vega-Lite specifications, built in Altair from plain values.

Altair is imported when a specification is first built, and what was built is kept: a page that
shows a known profile again neither imports nor computes anything.
"""
