"""How the elements of a French dispatch look: one file per noun. `translate.text.dispatch` puts them together."""
