"""Exercise kinds: what a file of each kind says, and what an answer to it earns.

Pure: a record and an answer make a verdict.
"""
