"""How a French sentence is made shorter: the parts of `translate.text.compress`."""
