"""The program canvass, next to the torch whose libraries it runs with.

It has no Python interface: run the command canvass, or python -m canvass.
"""
