"""The systems that are compared, one a file. Each has `load(model, options)` and `versions()`.

`model`: the folder that `models.prepare` made: `hf` (the checkpoint), `ct2` (as CTranslate2's own converter
makes it, in 8 bits) and `argos`. Options: `beam`, `prefix` (which asks a model of several languages for one),
and what a system has of its own. A file imports the standard library and its own system, nothing else.
"""
