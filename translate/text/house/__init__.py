"""How each fixed element reads in English and Chinese: one file per noun. `translate.text.house_style` calls them."""
