"""How the elements of a French dispatch look, one file per noun; `dispatch.py` puts them together."""
