"""How each fixed element reads in English and Chinese, one file per noun."""
