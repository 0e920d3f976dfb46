"""The recipe of the embedded model. Scripts and their parts; the package never imports this folder."""
